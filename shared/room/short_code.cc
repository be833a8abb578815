#include "room/short_code.h"

#include <cassert>

#include "base/byte_reader.h"
#include "base/byte_writer.h"
#include "crypto/hkdf.h"
#include "crypto/sha256.h"

namespace sotto::room {
namespace {

constexpr std::string_view kLabel = "sotto sas";
constexpr std::string_view kFingerprintLabel = "sotto fingerprint 1";

// Easy to tell apart at a glance, and to name; none of them a face, a hand or a flag.
constexpr CodeSymbol kSymbols[kCodeAlphabet] = {
    {"🐶", "dog"},          {"🐱", "cat"},
    {"🦁", "lion"},      {"🐴", "horse"},
    {"🦄", "unicorn"},   {"🐷", "pig"},
    {"🐘", "elephant"},     {"🐰", "rabbit"},
    {"🐼", "panda"},        {"🐓", "rooster"},
    {"🐧", "penguin"},      {"🐢", "turtle"},
    {"🐟", "fish"},         {"🐙", "octopus"},
    {"🦋", "butterfly"}, {"🌷", "tulip"},
    {"🌳", "tree"},         {"🌵", "cactus"},
    {"🍄", "mushroom"},     {"🌍", "globe"},
    {"🌙", "moon"},         {"⛅", "cloud"},
    {"🔥", "fire"},         {"🍌", "banana"},
    {"🍎", "apple"},        {"🍓", "strawberry"},
    {"🌽", "corn"},         {"🍕", "pizza"},
    {"🎂", "cake"},         {"🧀", "cheese"},
    {"🥕", "carrot"},    {"🤖", "robot"},
    {"🎩", "hat"},          {"👓", "glasses"},
    {"🔧", "wrench"},       {"🎅", "santa"},
    {"👍", "thumb"},        {"☂️", "umbrella"},
    {"⌛", "hourglass"},    {"⏰", "clock"},
    {"🎁", "gift"},         {"💡", "bulb"},
    {"📕", "book"},         {"✏️", "pencil"},
    {"📎", "clip"},         {"✂️", "scissors"},
    {"🔒", "lock"},         {"🔑", "key"},
    {"🔨", "hammer"},       {"☎️", "telephone"},
    {"🏁", "flag"},         {"🚂", "train"},
    {"🚲", "bicycle"},      {"✈️", "aeroplane"},
    {"🚀", "rocket"},       {"🏆", "trophy"},
    {"⚽", "ball"},         {"🎸", "guitar"},
    {"🎺", "trumpet"},      {"🔔", "bell"},
    {"⚓", "anchor"},       {"🎧", "headphones"},
    {"📁", "folder"},       {"📌", "pin"},
};

// HKDF fails only for sizes, and all of them are right here.
template <typename T>
void expect([[maybe_unused]] const Result<T>& result) {
  assert(result.has_value());
}

}  // namespace

CodeSymbol code_symbol(std::uint8_t number) {
  return kSymbols[number % kCodeAlphabet];
}

CodeHash code_commitment(const Secret<32>& epoch_authenticator, mls::LeafIndex leaf,
                         const CodeNonce& nonce) {
  std::uint8_t leaf_bytes[4];
  ByteWriter(leaf_bytes).u32(leaf.value);
  Sha256 hash;
  hash.update(as_bytes(kLabel));
  hash.update(epoch_authenticator.view());
  hash.update(leaf_bytes);
  hash.update(nonce);
  CodeHash commitment;
  hash.finish(commitment);
  return commitment;
}

ShortCode short_code(const Secret<32>& epoch_authenticator,
                     const std::map<mls::LeafIndex, CodeNonce>& nonces) {
  std::vector<std::uint8_t> all(nonces.size() * (4 + CodeNonce{}.size()));
  ByteWriter writer(all);
  for (const auto& [leaf, nonce] : nonces) {
    writer.u32(leaf.value);
    writer.bytes(nonce);
  }
  Secret<32> prk;
  std::uint8_t bits[6];
  expect(hkdf_extract(Hash::kSha256, epoch_authenticator.view(), all, prk.writable()));
  expect(hkdf_expand(Hash::kSha256, prk.view(), as_bytes(kLabel), bits));
  std::uint64_t number = 0;
  for (const std::uint8_t byte : bits) number = number << 8 | byte;
  ShortCode code;
  for (std::size_t i = 0; i < kCodeLength; ++i) {
    code[i] = static_cast<std::uint8_t>(number >> (48 - 6 * (i + 1)) & 63);
  }
  return code;
}

std::string fingerprint(const IdentityKey& key) {
  Sha256 hash;
  hash.update(as_bytes(kFingerprintLabel));
  hash.update(key);
  std::uint8_t digest[Sha256::kSize];
  hash.finish(digest);
  ByteReader reader(digest);
  std::string text;
  for (int group = 0; group < 6; ++group) {
    const std::uint64_t number = reader.uint(5).value_or(0) % 100000;
    if (group != 0) text += ' ';
    for (std::uint32_t unit = 10000; unit > 0; unit /= 10) {
      text += static_cast<char>('0' + number / unit % 10);
    }
  }
  return text;
}

}  // namespace sotto::room
