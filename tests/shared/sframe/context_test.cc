#include "sframe/context.h"

#include <gtest/gtest.h>

#include <vector>

#include "crypto/init.h"
#include "shared/reference_vectors.h"

namespace sotto {
namespace {

using Bytes = std::vector<std::uint8_t>;

Result<Bytes> decrypt(Context& context, ByteView metadata, ByteView sframe) {
  ByteReader reader(sframe);
  TRY(const Header header, decode_header(reader));
  Bytes plain(sframe.size());
  TRY(const std::size_t size, context.decrypt(header, reader.position(), metadata, sframe, plain));
  plain.resize(size);
  return plain;
}

void check(const nlohmann::json& c) {
  const auto suite = static_cast<CipherSuite>(c.at("cipher_suite").get<int>());
  Context context = *Context::create(suite, c.at("kid"), hex_of(c.at("base_key")));
  const Bytes metadata = hex_of(c.at("metadata"));
  const Bytes plain = hex_of(c.at("pt"));
  Bytes out(Header::kMaxSize + plain.size() + kMaxNt);
  const auto size = context.encrypt(c.at("ctr"), metadata, plain, out);
  ASSERT_TRUE(size);
  EXPECT_EQ(to_hex(ByteView(out).first(*size)), c.at("ct"));
  const auto opened = decrypt(context, metadata, hex_of(c.at("ct")));
  ASSERT_TRUE(opened);
  EXPECT_EQ(*opened, plain);
}

TEST(Context, MatchesTheVectorOfSuite4InRfc9605AppendixC3) {
  check(nlohmann::json::parse(R"({
    "cipher_suite": 4, "kid": 291, "ctr": 17767,
    "base_key": "000102030405060708090a0b0c0d0e0f",
    "metadata": "4945544620534672616d65205747",
    "pt": "64726166742d696574662d736672616d652d656e63",
    "ct": "9901234567b7412c2513a1b66dbb48841bbaf17f598751176ad847681a69c6d0b091c07018ce4adb34eb"})"));
}

TEST(Context, MatchesThePublishedVectorsOfAllSuitesBothWays) {
  ASSERT_TRUE(initialize_crypto());  // as every program does: some ciphers are others then
  struct {
    const char *file, *section;
    std::size_t count;
  } const sections[] = {
      {"vectors/sframe/sframe-test-vectors.json", "sframe", 5},
      {"vectors/sframe/sframe-test-vectors-aes256.json", "sframe_aes_256_ctr_hmac", 3},
  };
  for (const auto& [file, section, count] : sections) {
    const auto vectors = reference_json(file);
    if (!vectors) continue;
    for (const auto& c : vectors->at(section)) check(c);
    EXPECT_EQ(vectors->at(section).size(), count);
    print_count(section, vectors->at(section).size());
  }
}

TEST(Context, EncryptsInPlaceBehindTheHeader) {
  const std::uint8_t base_key[32] = {9};
  Context context = *Context::create(kSottoSuite, 0x1234567890abcdef, base_key);
  const Bytes plain(500, 0x42);
  Bytes separate(Header::kMaxSize + plain.size() + kMaxNt);
  const std::size_t size = *context.encrypt(300, {}, plain, separate);
  separate.resize(size);

  Bytes in_place(size);
  const std::size_t header_size = encoded_size({.kid = context.kid(), .ctr = 300});
  MutableBytes room = MutableBytes(in_place).subspan(header_size, plain.size());
  std::copy(plain.begin(), plain.end(), room.begin());
  ASSERT_TRUE(context.encrypt(300, {}, room, in_place));
  EXPECT_EQ(in_place, separate);
}

TEST(Context, AuthenticatesMetadataAndHeader) {
  const std::uint8_t base_key[32] = {9};
  Context context = *Context::create(kSottoSuite, 3, base_key);
  const Bytes metadata = {1};
  Bytes sframe(100);
  sframe.resize(*context.encrypt(5, metadata, Bytes(20), sframe));
  EXPECT_TRUE(decrypt(context, metadata, sframe));
  EXPECT_EQ(decrypt(context, Bytes{2}, sframe).error(), Error::kUnauthenticated);
  sframe[0] ^= 1;  // another CTR
  EXPECT_EQ(decrypt(context, metadata, sframe).error(), Error::kUnauthenticated);
}

TEST(Context, RefusesTooMuchMetadataTooLittleRoomAndTooShortCiphertexts) {
  const std::uint8_t base_key[32] = {9};
  Context context = *Context::create(kSottoSuite, 3, base_key);
  Bytes out(64);
  const Bytes metadata(Context::kMaxMetadataSize + 1);
  EXPECT_EQ(context.encrypt(0, metadata, {}, out).error(), Error::kTooLarge);
  EXPECT_EQ(context.encrypt(0, {}, Bytes(64), out).error(), Error::kBufferTooSmall);
  for (std::size_t size = 1; size <= 16; ++size) {
    EXPECT_EQ(decrypt(context, {}, Bytes(size, 0x30)).error(), Error::kUnauthenticated) << size;
  }
}

}  // namespace
}  // namespace sotto
