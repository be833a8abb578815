// What CMakeLists.txt says: one check a run, named by the argument. Everything that is secret is
// undefined to valgrind while the kernel runs: the key, the plain text, the key stream and so the
// MAC's key. Of the nonce, AAD and what was sealed nothing is secret, yet they are undefined too
// where that proves more.
#include <valgrind/memcheck.h>

#include <cstdio>
#include <cstring>
#include <string_view>
#include <vector>

#include "crypto/chacha20_poly1305_kernel.h"
#include "crypto/hchacha20.h"
#include "products_check.h"

namespace {

using Bytes = std::vector<std::uint8_t>;
using Kernel = sotto::ChaCha20Poly1305Kernel;

// Every path of the kernel: one pass and several, whole blocks and every kind of rest.
constexpr std::size_t kSizes[] = {0, 1, 15, 16, 80, 128, 129, 192, 193, 255, 300, 448, 511, 1031};

void hide(const Bytes& bytes) {
  VALGRIND_MAKE_MEM_UNDEFINED(bytes.data(), bytes.size());
}

struct Frame {
  Bytes key = Bytes(32, 1), nonce = Bytes(12, 2), aad = Bytes(21, 3), plain, sealed;

  explicit Frame(std::size_t size) : plain(size, 4), sealed(size + Kernel::kTagSize) {}

  Kernel::Key key_view() const { return sotto::ByteView(key).first<32>(); }
  Kernel::Nonce nonce_view() const { return sotto::ByteView(nonce).first<12>(); }
  void seal() { Kernel::seal(key_view(), nonce_view(), aad, plain, sealed); }
  bool open() { return Kernel::open(key_view(), nonce_view(), aad, sealed, plain); }
};

bool check_seal() {
  for (std::size_t size : kSizes) {
    Frame frame(size);
    for (const Bytes* secret : {&frame.key, &frame.nonce, &frame.aad, &frame.plain}) hide(*secret);
    frame.seal();
    // It did run on what was hidden: its output is undefined too.
    std::uint8_t undefined = 0;
    (void)VALGRIND_GET_VBITS(frame.sealed.data(), &undefined, 1);
    if (undefined != 0xff) return false;
  }
  return true;
}

bool check_open(std::uint8_t change) {
  for (std::size_t size : kSizes) {
    Frame frame(size);
    frame.seal();
    frame.sealed.back() ^= change;
    hide(frame.key);
    // The verdict is public (declassify.h): the one thing that a caller branches on.
    if (frame.open() != (change == 0)) return false;
  }
  return true;
}

bool check_hchacha20() {
  Frame frame(0);
  const Bytes nonce(16, 2);
  hide(frame.key);
  hide(nonce);
  const auto subkey = sotto::hchacha20(frame.key_view(), sotto::ByteView(nonce).first<16>());
  return subkey.view().size() == 32;
}

// The controls: what valgrind has to complain about.
volatile int sink;

bool leaky_branch() {
  Bytes secret(1, 5);
  hide(secret);
  if (secret[0] & 1) sink = 1;
  return true;
}

bool leaky_index() {
  static volatile int table[256] = {};
  Bytes secret(1, 5);
  hide(secret);
  sink = table[secret[0]];
  return true;
}

// A comparison of tags that stops at the first difference.
bool leaky_compare() {
  Frame frame(80), other(80);
  hide(frame.key);
  frame.seal();
  other.seal();
  sink = std::memcmp(frame.sealed.data(), other.sealed.data(), frame.sealed.size());
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string_view check = argc > 1 ? argv[1] : "";
  if (RUNNING_ON_VALGRIND == 0) {
    std::puts("not under valgrind: nothing would be checked");
    return 2;
  }
  bool ran = false;
  if (check == "seal") ran = check_seal();
  if (check == "open") ran = check_open(0);
  if (check == "refuse") ran = check_open(1);
  if (check == "hchacha20") ran = check_hchacha20();
  if (check == "products") ran = products::check();
  if (check == "leaky_branch") ran = leaky_branch();
  if (check == "leaky_index") ran = leaky_index();
  if (check == "leaky_compare") ran = leaky_compare();
  return ran ? 0 : 3;
}
