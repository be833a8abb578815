// What a frame costs natively, sealed and opened whole (info byte, SFrame, shell), a suite and a
// size, against the best of OpenSSL's and libsodium's own calls on the same bytes, interleaved in
// one run.
//
//   frames-native [rounds]     prints the figures as a JSON array, for frames-native.mjs
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>

#include "bench/native/raw_calls.h"
#include "crypto/init.h"
#include "e2ee/frame_opener.h"
#include "e2ee/frame_sealer.h"

namespace sotto::bench {
namespace {

using Bytes = std::vector<std::uint8_t>;

constexpr std::uint8_t kBaseKey[32] = {9};
constexpr std::uint64_t kKid = 0x0123456789abcdef;
constexpr std::size_t kBatchBytes = 64 << 10;

struct Samples {
  std::vector<double> values;  // one a batch: ns a frame, or a ratio
  double at(double share) const {
    std::vector<double> sorted = values;
    std::sort(sorted.begin(), sorted.end());
    return sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1))];
  }
};

template <typename Body>
void measure(Samples& samples, std::size_t frames, Body body) {
  const auto start = std::chrono::steady_clock::now();
  for (std::size_t i = 0; i < frames; ++i) body(i);
  const std::chrono::duration<double, std::nano> took = std::chrono::steady_clock::now() - start;
  samples.values.push_back(took.count() / static_cast<double>(frames));
}

// What each side works on: frames of one size, enough of them for the clock.
struct Batch {
  explicit Batch(std::size_t frame_size)
      : frames(std::clamp<std::size_t>(kBatchBytes / frame_size, 4, 128)),
        plain(frame_size, 0x42),
        wires(frames, Bytes(frame_size + 64)),
        raw(frames, Bytes(frame_size + 64)),
        sizes(frames),
        out(frame_size + 64) {}

  std::size_t frames;
  Bytes plain;
  std::vector<Bytes> wires, raw;
  std::vector<std::size_t> sizes;
  Bytes out;
};

class Comparison {
 public:
  Comparison(CipherSuite suite, std::size_t size)
      : suite_(suite),
        size_(size),
        batch_(size),
        sealer_(*FrameSealer::create(kKid, kBaseKey, suite)) {
    if (!keys_.put(kKid, suite, kBaseKey)) std::abort();
  }

  void round(std::size_t number) {
    Batch& b = batch_;
    measure(ours_seal_, b.frames, [&](std::size_t i) {
      b.sizes[i] = sealer_.seal(Codec::kVp9, false, b.plain, b.wires[i]).value();
    });
    measure(ours_open_, b.frames, [&](std::size_t i) {
      if (!opener_.open(Codec::kVp9, ByteView(b.wires[i]).first(b.sizes[i]), b.out)) std::abort();
    });
    const std::size_t sealed = size_ + 1 + parameters(suite_)->nt;
    b.plain.push_back(0);  // as many bytes as ours has with its info byte
    for (auto& raw : raws_) {
      std::uint8_t nonce[12] = {static_cast<std::uint8_t>(number)};
      measure(raw_seal_[raw->name()], b.frames, [&](std::size_t i) {
        nonce[11] = static_cast<std::uint8_t>(i);
        raw->seal(nonce, kAad, b.plain, MutableBytes(b.raw[i]).first(sealed));
      });
      measure(raw_open_[raw->name()], b.frames, [&](std::size_t i) {
        nonce[11] = static_cast<std::uint8_t>(i);
        if (!raw->open(nonce, kAad, ByteView(b.raw[i]).first(sealed),
                       MutableBytes(b.out).first(size_ + 1))) {
          std::abort();
        }
      });
    }
    b.plain.pop_back();
  }

  void print(const char* suite, bool& first) {
    print(suite, "encrypt", ours_seal_, raw_seal_, first);
    print(suite, "decrypt", ours_open_, raw_open_, first);
  }

 private:
  static constexpr std::uint8_t kAad[12] = {};

  // Round by round: within one the processor's clock is nearly the same for both sides, over all of
  // them it is not.
  static double median_ratio(const Samples& ours, const Samples& raw) {
    Samples ratio;
    for (std::size_t i = 0; i < ours.values.size(); ++i) {
      ratio.values.push_back(ours.values[i] / raw.values[i]);
    }
    return ratio.at(0.5);
  }

  void print(const char* suite, const char* what, const Samples& ours,
             const std::map<std::string, Samples>& raw, bool& first) {
    const std::string id = std::string(suite) + "/" + std::to_string(size_) + "/" + what + "/";
    auto figure = [&first](const std::string& name, double value, const char* unit) {
      std::printf("%s{\"id\":\"%s\",\"value\":%.3f,\"unit\":\"%s\",\"better\":\"lower\"}",
                  first ? "" : ",\n", name.c_str(), value, unit);
      first = false;
    };
    figure(id + "ns_min", ours.at(0), "ns");
    figure(id + "ns_p50", ours.at(0.5), "ns");
    double best_min = 1e18, ratio = 0;  // with the faster of the libraries
    for (const auto& [name, samples] : raw) {
      best_min = std::min(best_min, samples.at(0));
      ratio = std::max(ratio, median_ratio(ours, samples));
      figure(id + name + "_ns_p50", samples.at(0.5), "ns");
    }
    figure(id + "ratio_raw_min", ours.at(0) / best_min, "x");
    figure(id + "ratio_raw_p50", ratio, "x");
  }

  CipherSuite suite_;
  std::size_t size_;
  Batch batch_;
  FrameSealer sealer_;
  KeyStore keys_;
  FrameOpener opener_{keys_};
  std::vector<std::unique_ptr<RawCalls>> raws_ = raw_calls(suite_);
  Samples ours_seal_, ours_open_;
  std::map<std::string, Samples> raw_seal_, raw_open_;
};

void run(std::size_t rounds) {
  const std::pair<const char*, CipherSuite> suites[] = {
      {"chacha20poly1305", CipherSuite::kChaCha20Poly1305Sha256},
      {"aes128gcm", CipherSuite::kAes128GcmSha256_128},
      {"aes256gcm", CipherSuite::kAes256GcmSha512_128},
      {"aes128ctr_hmac80", CipherSuite::kAes128CtrHmacSha256_80},
      {"aes128ctr_hmac64", CipherSuite::kAes128CtrHmacSha256_64},
      {"aes128ctr_hmac32", CipherSuite::kAes128CtrHmacSha256_32},
      {"aes256ctr_hmac80", CipherSuite::kAes256CtrHmacSha512_80},
      {"aes256ctr_hmac64", CipherSuite::kAes256CtrHmacSha512_64},
      {"aes256ctr_hmac32", CipherSuite::kAes256CtrHmacSha512_32}};
  bool first = true;
  std::printf("[");
  for (const auto& [name, suite] : suites) {
    for (std::size_t size : {80, 300, 1024, 4096, 10240, 30720, 102400}) {
      Comparison comparison(suite, size);
      for (std::size_t i = 0; i < rounds; ++i) comparison.round(i);
      comparison.print(name, first);
    }
  }
  std::printf("]\n");
}

}  // namespace
}  // namespace sotto::bench

int main(int argc, char** argv) {
  if (!sotto::initialize_crypto()) return 1;
  sotto::bench::run(argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 200);
}
