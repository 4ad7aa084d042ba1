// SHA-256 of bytes that come piece by piece.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>

struct evp_md_ctx_st;

namespace magscan::ocr {

class Sha256 {
  public:
    Sha256();
    void add(std::span<const std::byte> bytes);
    // 64 lower-case hex digits, once; empty only where the library has no SHA-256 at all: empty rather than wrong.
    std::string hex();

  private:
    struct Free {
        void operator()(evp_md_ctx_st* context) const;
    };
    std::unique_ptr<evp_md_ctx_st, Free> context_;
    bool works_ = false;
};

}  // namespace magscan::ocr
