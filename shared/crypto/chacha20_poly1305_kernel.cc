#include "crypto/chacha20_poly1305_kernel.h"

#include <algorithm>

#include "crypto/chacha20_blocks.h"
#include "crypto/chacha20_rows.h"
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
  alignas(16) std::uint8_t key_stream[kPass];

  ~Scratch() {
    for (std::size_t i = 0; i < kPass; i += 16) {
      store_vector(key_stream + i, U32x4{});
      __asm__ volatile("" : : "r"(this) : "memory");  // so that the store is not dead
    }
  }
};

// Blocks `counter` to counter + 3 of the key stream: XORed with `in`, or alone when that is null.
// Meanwhile `mac` takes 32 bytes at `message` in each of the first `pairs` (at most 10) double
// rounds. `out` is written after `message` is read.
[[gnu::noinline]] void pass(const Cipher& cipher, std::uint32_t counter, const std::uint8_t* in,
                            std::uint8_t* out, Poly1305* mac, const std::uint8_t* message,
                            std::size_t pairs) {
  ChaCha20Blocks blocks(cipher.key, cipher.nonce, counter);
  std::size_t rounds = 10;
  if (pairs != 0) {
    rounds -= pairs;
    Poly1305 state = *mac;
    do {
      blocks.column_round();
      state.block(message);
      blocks.diagonal_round();
      state.block(message + 16);
      message += 32;
    } while (--pairs != 0);
    *mac = state;
  }
  for (; rounds != 0; --rounds) {
    blocks.column_round();
    blocks.diagonal_round();
  }
  if (in != nullptr) {
    blocks.finish(cipher.key, cipher.nonce, counter, [=](std::size_t at, U32x4 key_stream) {
      store_vector(out + at, load_vector(in + at) ^ key_stream);
    });
  } else {
    blocks.finish(cipher.key, cipher.nonce, counter,
                  [=](std::size_t at, U32x4 key_stream) { store_vector(out + at, key_stream); });
  }
}

// The start of the key stream: Poly1305's key, and what a text of `size` bytes needs of the rest.
void first_pass(const Cipher& cipher, std::size_t size, std::uint8_t* key_stream) {
  if (size + kBlock <= ChaCha20Rows<3>::kSize) {
    ChaCha20Rows<3>::key_stream(cipher.key, cipher.nonce, key_stream);
  } else {
    pass(cipher, 0, nullptr, key_stream, nullptr, nullptr, 0);
  }
}

template <typename Word>
void xor_word(const std::uint8_t* in, const std::uint8_t* key_stream, std::uint8_t* out) {
  Word a, b;
  std::memcpy(&a, in, sizeof a);
  std::memcpy(&b, key_stream, sizeof b);
  a = static_cast<Word>(a ^ b);
  std::memcpy(out, &a, sizeof a);
}

void xor_bytes(const std::uint8_t* in, const std::uint8_t* key_stream, std::uint8_t* out,
               std::size_t size) {
  std::size_t i = 0;
  for (; i + 16 <= size; i += 16) {
    store_vector(out + i, load_vector(in + i) ^ load_vector(key_stream + i));
  }
  if (size & 8) xor_word<std::uint64_t>(in + i, key_stream + i, out + i);
  i += size & 8;
  if (size & 4) xor_word<std::uint32_t>(in + i, key_stream + i, out + i);
  i += size & 4;
  if (size & 2) xor_word<std::uint16_t>(in + i, key_stream + i, out + i);
  i += size & 2;
  if (size & 1) xor_word<std::uint8_t>(in + i, key_stream + i, out + i);
}

// How many pairs of blocks of `size` bytes can go into one pass: 8 keep up with its 256 bytes.
std::size_t pairs_in(std::size_t size) {
  return std::min<std::size_t>(size / 32, 8);
}

}  // namespace

void ChaCha20Poly1305Kernel::seal(Key key, Nonce nonce, ByteView aad, ByteView plain,
                                  MutableBytes sealed) {
  const Cipher cipher{key.data(), nonce.data()};
  const std::uint8_t* in = plain.data();
  std::uint8_t* out = sealed.data();
  const std::size_t size = plain.size();
  Scratch scratch;
  first_pass(cipher, size, scratch.key_stream);
  Poly1305 mac(std::span<const std::uint8_t, 32>(scratch.key_stream, 32));
  mac.padded(aad);
  std::size_t done = std::min(size, kFirst), hashed = 0;
  xor_bytes(in, scratch.key_stream + kBlock, out, done);
  // The MAC is of what has been sealed, so it follows one pass behind.
  for (std::uint32_t counter = 4; done < size; counter += 4) {
    const std::size_t pairs = pairs_in(done - hashed);
    const std::size_t part = std::min(size - done, kPass);
    const bool whole = part == kPass;
    pass(cipher, counter, whole ? in + done : nullptr, whole ? out + done : scratch.key_stream,
         &mac, out + hashed, pairs);
    if (!whole) xor_bytes(in + done, scratch.key_stream, out + done, part);
    hashed += 32 * pairs;
    done += part;
  }
  mac.padded(ByteView(out + hashed, size - hashed));
  mac.sizes(aad.size(), size);
  mac.finish(std::span<std::uint8_t, kTagSize>(out + size, kTagSize));
}

bool ChaCha20Poly1305Kernel::open(Key key, Nonce nonce, ByteView aad, ByteView sealed,
                                  MutableBytes plain) {
  const Cipher cipher{key.data(), nonce.data()};
  const std::uint8_t* in = sealed.data();
  std::uint8_t* out = plain.data();
  const std::size_t size = plain.size();
  Scratch scratch;
  first_pass(cipher, size, scratch.key_stream);
  Poly1305 mac(std::span<const std::uint8_t, 32>(scratch.key_stream, 32));
  mac.padded(aad);
  std::size_t done = std::min(size, kFirst);
  mac.padded(ByteView(in, done));
  xor_bytes(in, scratch.key_stream + kBlock, out, done);
  for (std::uint32_t counter = 4; done < size; counter += 4) {
    const std::size_t part = std::min(size - done, kPass);
    const std::size_t pairs = pairs_in(part);
    const bool whole = part == kPass;
    pass(cipher, counter, whole ? in + done : nullptr, whole ? out + done : scratch.key_stream,
         &mac, in + done, pairs);
    if (!whole) {
      mac.padded(ByteView(in + done + 32 * pairs, part - 32 * pairs));
      xor_bytes(in + done, scratch.key_stream, out + done, part);
    }
    done += part;
  }
  mac.sizes(aad.size(), size);
  std::uint8_t tag[kTagSize];
  mac.finish(tag);
  std::uint8_t difference = 0;
  for (std::size_t i = 0; i < kTagSize; ++i) {
    difference = static_cast<std::uint8_t>(difference | (tag[i] ^ in[size + i]));
  }
  SOTTO_DECLASSIFY(difference);
  if (difference == 0) return true;
  if (size > 0) std::memset(out, 0, size);  // `out` may be null when there is nothing
  return false;
}

}  // namespace sotto
