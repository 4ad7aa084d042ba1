// What ends a whole batch, as against one item of it that failed.
#pragma once

#include <string>
#include <tl/expected.hpp>

#include "tools/exit_code.h"

namespace magscan::tools::batch {

struct Problem {
    ExitCode code = kInternal;
    std::string message;  // one line: what is wrong, where, and what to do
};

template <typename T = void>
using Expected = tl::expected<T, Problem>;

inline tl::unexpected<Problem> problem(ExitCode code, const std::string& message) {
    return tl::unexpected(Problem{code, message});
}

}  // namespace magscan::tools::batch
