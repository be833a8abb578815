// Runs a fuzz target without libFuzzer: all seeds of a folder, then mutations of them, the same
// ones each time, until the time is up.
//
//   NAME_fuzz CORPUS_FOLDER SECONDS
//
// After a crash the input that caused it is in crash-NAME_fuzz.bin in the working directory; give
// that file in place of the folder to run it alone.
#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using Bytes = std::vector<std::uint8_t>;

constexpr std::size_t kMaxInput = 1 << 16;

const Bytes* current_input = nullptr;
std::string crash_file;

void save_input(int signal) {
  if (std::FILE* file = std::fopen(crash_file.c_str(), "wb")) {
    std::fwrite(current_input->data(), 1, current_input->size(), file);
    std::fclose(file);
    std::fprintf(stderr, "signal %d; the input is in %s\n", signal, crash_file.c_str());
  }
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

Bytes read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return Bytes(std::istreambuf_iterator<char>(file), {});
}

std::vector<Bytes> read_seeds(const std::filesystem::path& path) {
  std::vector<std::filesystem::path> files;
  if (std::filesystem::is_directory(path)) {
    for (const auto& entry : std::filesystem::directory_iterator(path)) files.push_back(entry);
  } else if (std::filesystem::exists(path)) {
    files.push_back(path);
  }
  std::sort(files.begin(), files.end());
  std::vector<Bytes> seeds;
  for (const auto& file : files) seeds.push_back(read_file(file));
  return seeds;
}

class Mutator {
 public:
  explicit Mutator(const std::vector<Bytes>& seeds) : seeds_(seeds) {}

  Bytes next() {
    Bytes input = pick();
    for (std::size_t count = 1 + below(6); count > 0; --count) change(input);
    if (input.size() > kMaxInput) input.resize(kMaxInput);
    return input;
  }

 private:
  std::size_t below(std::size_t bound) { return random_() % bound; }
  const Bytes& pick() { return seeds_[below(seeds_.size())]; }

  void change(Bytes& input) {
    static constexpr std::uint8_t kInteresting[] = {0x00, 0x01, 0x03, 0x7f, 0x80, 0xff};
    const std::size_t at = input.empty() ? 0 : below(input.size());
    const std::size_t length = std::min<std::size_t>(1 + below(16), input.size() - at);
    const auto first = input.begin() + static_cast<std::ptrdiff_t>(at);
    switch (input.empty() ? 1 : below(7)) {
      case 0:
        input[at] ^= static_cast<std::uint8_t>(1u << below(8));
        break;
      case 1:
        input.insert(first, static_cast<std::uint8_t>(random_()));
        break;
      case 2:
        input.erase(first, first + static_cast<std::ptrdiff_t>(length));
        break;
      case 3:
        input[at] = kInteresting[below(std::size(kInteresting))];
        break;
      case 4: {
        const Bytes piece(first, first + static_cast<std::ptrdiff_t>(length));
        input.insert(first, piece.begin(), piece.end());
        break;
      }
      case 5:
        input.resize(at);
        break;
      default: {
        const Bytes other = pick();
        const std::size_t from = other.empty() ? 0 : below(other.size());
        input.resize(at);
        input.insert(input.end(), other.begin() + static_cast<std::ptrdiff_t>(from), other.end());
      }
    }
  }

  const std::vector<Bytes>& seeds_;
  std::mt19937_64 random_{1};
};

void run_one(const Bytes& input) {
  current_input = &input;
  LLVMFuzzerTestOneInput(input.data(), input.size());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: %s CORPUS [SECONDS]\n", argv[0]);
    return 2;
  }
  crash_file = "crash-" + std::filesystem::path(argv[0]).filename().string() + ".bin";
  for (int signal : {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL}) std::signal(signal, save_input);

  std::vector<Bytes> seeds = read_seeds(argv[1]);
  if (seeds.empty()) std::printf("NOTICE: no seeds in %s\n", argv[1]);
  seeds.emplace_back();
  for (const Bytes& seed : seeds) run_one(seed);

  Mutator mutator(seeds);
  const auto end = std::chrono::steady_clock::now() +
                   std::chrono::milliseconds(argc > 2 ? std::atoi(argv[2]) * 1000 : 0);
  std::uint64_t runs = 0;
  while (std::chrono::steady_clock::now() < end) {
    run_one(mutator.next());
    ++runs;
  }
  std::printf("%zu seeds, %llu mutations\n", seeds.size() - 1,
              static_cast<unsigned long long>(runs));
  return 0;
}
