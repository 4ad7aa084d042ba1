// The addon: each call runs on one of libuv's threads and settles a promise with the report's JSON.
#include <magscan/magscan.h>
#include <napi.h>

#include <atomic>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace {

const char* const kCodes[] = {"ok",        "usage",    "not_a_picture", "set_up",
                              "cancelled", "deadline", "internal"};
const char* const kStages[] = {"decode", "detect", "read", "understand"};

struct Freed {
    void operator()(magscan_result* result) const { magscan_result_free(result); }
    void operator()(magscan_scanner* scanner) const { magscan_scanner_free(scanner); }
};
using Result = std::unique_ptr<magscan_result, Freed>;
using SharedScanner = std::shared_ptr<magscan_scanner>;

Napi::Error error_of(Napi::Env env, magscan_status status, const Result& result) {
    Napi::Error error = Napi::Error::New(env, magscan_result_text(result.get()));
    error.Set("code", Napi::String::New(env, kCodes[status]));
    error.Set("photo", Napi::Number::New(env, static_cast<double>(magscan_result_photo(result.get()))));
    return error;
}

// What the JavaScript side passes, copied: it is read on another thread.
struct Options {
    explicit Options(const Napi::Object& from) {
        magscan_scan_default_options(&options, sizeof options);
        options.name = keep(from, "name");
        options.person = keep(from, "person");
        options.jurisdiction = keep(from, "jurisdiction");
        if (from.Get("deadlineMs").IsNumber()) options.deadline_ms = from.Get("deadlineMs").ToNumber().Int64Value();
    }
    const char* keep(const Napi::Object& from, const char* key) {
        const Napi::Value value = from.Get(key);
        if (!value.IsString()) return nullptr;
        kept.push_back(std::make_unique<std::string>(value.ToString().Utf8Value()));
        return kept.back()->c_str();
    }
    magscan_scan_options options{};
    std::vector<std::unique_ptr<std::string>> kept;
};

struct Picture {
    Napi::Reference<Napi::Uint8Array> owner;  // keeps the bytes where they are
    const void* bytes = nullptr;
    size_t size = 0;
    std::string name;
};

struct Stage {
    int32_t stage;
    double share;
    size_t photo;
};

// One scan. `cancel` is an Int32Array whose first number becomes 1 when the caller wants no more.
class Scan : public Napi::AsyncProgressQueueWorker<Stage> {
  public:
    Scan(Napi::Env env, SharedScanner scanner, const Napi::Array& photos, const Napi::Object& options,
         Napi::Int32Array cancel)
        : AsyncProgressQueueWorker(env),
          promise(Napi::Promise::Deferred::New(env)),
          scanner_(std::move(scanner)),
          options_(options),
          cancel_owner_(Napi::Persistent(cancel)),
          cancel_(cancel.Data()) {
        for (uint32_t i = 0; i < photos.Length(); ++i) {
            const Napi::Object photo = photos.Get(i).As<Napi::Object>();
            const auto bytes = photo.Get("bytes").As<Napi::Uint8Array>();
            const Napi::Value name = photo.Get("name");
            photos_.push_back({Napi::Persistent(bytes), bytes.Data(), bytes.ByteLength(),
                               name.IsString() ? name.ToString().Utf8Value() : std::string()});
        }
        if (options.Get("onProgress").IsFunction()) {
            on_progress_ = Napi::Persistent(options.Get("onProgress").As<Napi::Function>());
        }
    }

    void Execute(const ExecutionProgress& progress) override {
        struct Calls {
            Scan* scan;
            const ExecutionProgress* progress;
        } calls{this, &progress};
        options_.options.user_data = &calls;
        options_.options.is_cancelled = [](void* user) -> int32_t {
            return std::atomic_ref<int32_t>(*static_cast<Calls*>(user)->scan->cancel_).load();
        };
        if (!on_progress_.IsEmpty()) {
            options_.options.on_progress = [](int32_t stage, double share, size_t photo, void* user) {
                const Stage told{stage, share, photo};
                static_cast<Calls*>(user)->progress->Send(&told, 1);
            };
        }
        magscan_result* result = nullptr;
        if (photos_.size() == 1) {
            status_ = magscan_scan(scanner_.get(), photos_[0].bytes, photos_[0].size, &options_.options, &result);
        } else {
            std::vector<magscan_photo> photos;
            for (const Picture& p : photos_) photos.push_back({p.bytes, p.size, nullptr, p.name.c_str()});
            status_ = magscan_scan_product(scanner_.get(), photos.data(), photos.size(), &options_.options, &result);
        }
        result_.reset(result);
    }

    void OnProgress(const Stage* stages, size_t count) override {
        for (size_t i = 0; i < count; ++i) {
            Napi::Object told = Napi::Object::New(Env());
            told.Set("stage", kStages[stages[i].stage]);
            told.Set("share", stages[i].share);
            told.Set("photo", static_cast<double>(stages[i].photo));
            on_progress_.Call({told});
        }
    }

    void OnOK() override {
        if (status_ == MAGSCAN_OK) {
            promise.Resolve(Napi::String::New(Env(), magscan_result_text(result_.get())));
        } else {
            promise.Reject(error_of(Env(), status_, result_).Value());
        }
    }

    Napi::Promise::Deferred promise;

  private:
    SharedScanner scanner_;
    Options options_;
    Napi::Reference<Napi::Int32Array> cancel_owner_;
    int32_t* cancel_;
    std::vector<Picture> photos_;
    Napi::FunctionReference on_progress_;
    magscan_status status_ = MAGSCAN_INTERNAL;
    Result result_;
};

class Scanner : public Napi::ObjectWrap<Scanner> {
  public:
    static Napi::Function define(Napi::Env env) {
        return DefineClass(env, "Scanner",
                           {InstanceMethod("scan", &Scanner::scan), InstanceAccessor<&Scanner::has_detector>("hasDetector")});
    }

    explicit Scanner(const Napi::CallbackInfo& info) : ObjectWrap(info) {
        const Napi::Object from = info[0].As<Napi::Object>();
        magscan_scanner_options options;
        magscan_scanner_default_options(&options, sizeof options);
        std::string folders[2];
        const auto folder = [&](const char* key, std::string& kept) -> const char* {
            if (!from.Get(key).IsString()) return nullptr;
            kept = from.Get(key).ToString().Utf8Value();
            return kept.c_str();
        };
        options.models = folder("models", folders[0]);
        options.tessdata = folder("tessdata", folders[1]);
        if (from.Get("threads").IsNumber()) options.threads = from.Get("threads").ToNumber().Int32Value();
        if (from.Get("maxScans").IsNumber()) options.max_scans = from.Get("maxScans").ToNumber().Int32Value();
        magscan_scanner* scanner = nullptr;
        magscan_result* result = nullptr;
        const magscan_status status = magscan_scanner_create(&options, &scanner, &result);
        const Result owned(result);
        if (status != MAGSCAN_OK) throw error_of(info.Env(), status, owned);
        scanner_ = SharedScanner(scanner, Freed());
    }

  private:
    // scan([{bytes, name}], options, cancel)
    Napi::Value scan(const Napi::CallbackInfo& info) {
        auto* work = new Scan(info.Env(), scanner_, info[0].As<Napi::Array>(), info[1].As<Napi::Object>(),
                              info[2].As<Napi::Int32Array>());
        const Napi::Promise promise = work->promise.Promise();
        work->Queue();
        return promise;
    }

    Napi::Value has_detector(const Napi::CallbackInfo& info) {
        return Napi::Boolean::New(info.Env(), magscan_scanner_has_detector(scanner_.get()) != 0);
    }

    SharedScanner scanner_;
};

// Texts, pages and doses take milliseconds and are answered at once.
template <class Call>
Napi::Value answer(Napi::Env env, const Call& call) {
    magscan_result* result = nullptr;
    const magscan_status status = call(&result);
    const Result owned(result);
    if (status != MAGSCAN_OK) throw error_of(env, status, owned);
    return Napi::String::New(env, magscan_result_text(owned.get()));
}

// parse(text, is a page's JSON, options)
Napi::Value parse(const Napi::CallbackInfo& info) {
    const std::string text = info[0].ToString().Utf8Value();
    const bool is_page = info[1].ToBoolean();
    const Options options(info[2].As<Napi::Object>());
    return answer(info.Env(), [&](magscan_result** result) {
        return (is_page ? magscan_parse_page : magscan_parse_text)(text.data(), text.size(), &options.options, result);
    });
}

Napi::Value calc(const Napi::CallbackInfo& info) {
    const Napi::Object from = info[0].As<Napi::Object>();
    Options strings(from);  // keeps them
    magscan_dose_question question;
    magscan_dose_default_question(&question, sizeof question);
    question.form = strings.keep(from, "form");
    question.amount = strings.keep(from, "amount");
    question.basis = strings.keep(from, "basis");
    const auto number = [&](const char* key) {
        return from.Get(key).IsNumber() ? from.Get(key).ToNumber().DoubleValue() : 0;
    };
    question.units_per_serving = number("unitsPerServing");
    question.servings_per_day = number("servingsPerDay");
    return answer(info.Env(), [&](magscan_result** result) { return magscan_calc(&question, result); });
}

Napi::Object init(Napi::Env env, Napi::Object exports) {
    exports.Set("Scanner", Scanner::define(env));
    exports.Set("parse", Napi::Function::New(env, parse));
    exports.Set("calc", Napi::Function::New(env, calc));
    exports.Set("version", magscan_version());
    return exports;
}

}  // namespace

NODE_API_MODULE(magscan, init)
