// How often a key may ask: a bucket that fills steadily and holds what a quarter of a minute brings.
#pragma once

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <string>

namespace magscan::service {

// Not thread-safe.
class RateLimit {
  public:
    using Clock = std::chrono::steady_clock;

    // Takes one request of `client`; 0, or the whole seconds to wait where it has none left.
    int take(const std::string& client, double per_minute, Clock::time_point now) {
        const double most = std::max(1.0, per_minute / 4);
        Bucket& bucket = buckets_.try_emplace(client, Bucket{most, now}).first->second;
        const double seconds = std::chrono::duration<double>(now - bucket.filled).count();
        bucket.tokens = std::min(most, bucket.tokens + seconds * per_minute / 60);
        bucket.filled = now;
        if (bucket.tokens < 1) return static_cast<int>(std::ceil((1 - bucket.tokens) * 60 / per_minute));
        bucket.tokens -= 1;
        return 0;
    }

  private:
    struct Bucket {
        double tokens = 0;
        Clock::time_point filled;
    };
    std::map<std::string, Bucket> buckets_;  // one a key: as many as the file has
};

}  // namespace magscan::service
