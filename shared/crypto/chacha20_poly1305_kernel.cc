#include "crypto/chacha20_poly1305_kernel.h"

#include <algorithm>

#include "crypto/chacha20_blocks.h"
#include "crypto/poly1305.h"

// Here a value stops being secret; tests/constant_time has valgrind told so.
#ifndef SOTTO_DECLASSIFY
#define SOTTO_DECLASSIFY(value)
#endif

namespace sotto {
namespace {

constexpr std::size_t kBlock = 64;
constexpr std::size_t kPass = ChaCha20Blocks::kSize;
constexpr std::size_t kFirst = kPass - kBlock;  // block 0 is Poly1305's key

struct Cipher {
  const std::uint8_t* key;
  const std::uint8_t* nonce;
};

// What is secret and does not fit into registers; wiped at the end.
struct Scratch {
  alignas(16) std::uint8_t bytes[kPass] = {};

  ~Scratch() {
    for (std::size_t i = 0; i < kPass; i += 16) {
      store_vector(bytes + i, U32x4{});
      __asm__ volatile("" : : "r"(this) : "memory");  // so that the store is not dead
    }
  }
};

// 256 bytes at `in` XORed with blocks `counter` to counter + 3 of the key stream. Meanwhile `mac`
// takes 32 bytes at `message` in each of the first `pairs` (at most 10) double rounds. `out` is
// written after `in` and `message` are read.
[[gnu::noinline]] void pass(const Cipher& cipher, std::uint32_t counter, const std::uint8_t* in,
                            std::uint8_t* out, Poly1305& mac, const std::uint8_t* message,
                            std::size_t pairs) {
  ChaCha20Blocks blocks(cipher.key, cipher.nonce, counter);
  Poly1305 state = mac;  // a copy of its own, so that it stays in registers
  for (std::size_t i = 0; i < 10; ++i) {
    blocks.column_round();
    if (i < pairs) state.block(message + 32 * i);
    blocks.diagonal_round();
    if (i < pairs) state.block(message + 32 * i + 16);
  }
  mac = state;
  blocks.finish(cipher.key, cipher.nonce, counter, [=](std::size_t at, U32x4 key_stream) {
    store_vector(out + at, load_vector(in + at) ^ key_stream);
  });
}

void copy(const std::uint8_t* from, std::size_t size, std::uint8_t* to) {
  if (size > 0) std::memcpy(to, from, size);  // pointers may be null when there is nothing
}

enum class Direction { kSeal, kOpen };

// Seals or opens `size` bytes; `tag` is that of what is sealed. What is not a whole pass goes
// through the scratch.
void run(Direction direction, const Cipher& cipher, ByteView aad, const std::uint8_t* in,
         std::size_t size, std::uint8_t* out, std::span<std::uint8_t, 16> tag) {
  const bool sealing = direction == Direction::kSeal;
  const std::uint8_t* sealed = sealing ? out : in;
  Scratch scratch;
  std::size_t done = std::min(size, kFirst), hashed = 0;
  copy(in, done, scratch.bytes + kBlock);
  const std::span<const std::uint8_t, 32> mac_key(scratch.bytes, 32);
  Poly1305 mac(mac_key);  // of zeros, until the first block is there
  pass(cipher, 0, scratch.bytes, scratch.bytes, mac, sealed, 0);
  mac = Poly1305(mac_key);
  mac.padded(aad);
  auto hash_up_to = [&](std::size_t end) {
    mac.padded(ByteView(sealed + hashed, end - hashed));
    hashed = end;
  };
  // Sealing, the MAC follows one pass behind. Opening, it must not: the output may go where its
  // input lies.
  if (!sealing) hash_up_to(done);
  copy(scratch.bytes + kBlock, done, out);
  for (std::uint32_t counter = 4; done < size; counter += 4) {
    const std::size_t part = std::min(size - done, kPass);
    const std::size_t ready = sealing ? done : done + part;
    const std::size_t pairs = std::min<std::size_t>((ready - hashed) / 32, 8);  // 8 keep up
    const bool whole = part == kPass;
    if (!whole) copy(in + done, part, scratch.bytes);
    pass(cipher, counter, whole ? in + done : scratch.bytes, whole ? out + done : scratch.bytes,
         mac, sealed + hashed, pairs);
    hashed += 32 * pairs;
    if (!whole) {
      if (!sealing) hash_up_to(size);
      copy(scratch.bytes, part, out + done);
    }
    done += part;
  }
  hash_up_to(size);
  mac.sizes(aad.size(), size);
  mac.finish(tag);
}

}  // namespace

void ChaCha20Poly1305Kernel::seal(Key key, Nonce nonce, ByteView aad, ByteView plain,
                                  MutableBytes sealed) {
  run(Direction::kSeal, {key.data(), nonce.data()}, aad, plain.data(), plain.size(), sealed.data(),
      sealed.last<kTagSize>());
}

bool ChaCha20Poly1305Kernel::open(Key key, Nonce nonce, ByteView aad, ByteView sealed,
                                  MutableBytes plain) {
  std::uint8_t tag[kTagSize];
  run(Direction::kOpen, {key.data(), nonce.data()}, aad, sealed.data(), plain.size(), plain.data(),
      tag);
  std::uint8_t difference = 0;
  for (std::size_t i = 0; i < kTagSize; ++i) {
    difference = static_cast<std::uint8_t>(difference | (tag[i] ^ sealed[plain.size() + i]));
  }
  SOTTO_DECLASSIFY(difference);
  if (difference == 0) return true;
  if (!plain.empty()) std::memset(plain.data(), 0, plain.size());
  return false;
}

}  // namespace sotto
