#include <set>
#include <string>

#include "base/error.h"
#include "native/c_interface.h"

namespace sotto {
namespace {

TEST(CStatus, HasTheNumbersAndNamesOfTheCore) {
  int count = 0;
  for (int number = 0; number < 256; number++) {
    const std::string_view known = name(static_cast<Error>(number));
    if (known == "unknown") continue;
    EXPECT_EQ(known, sotto_status_name(-1 - number));
    count++;
  }
  EXPECT_EQ(15, count) << "give a new cause its constant in sotto_e2ee.h";
}

TEST(CStatus, TellsAPersonWhatToDo) {
  std::set<std::string> texts, names;
  for (int status = -101; status <= 0; status++) {
    const std::string_view short_name = sotto_status_name(status);
    if (short_name == "unknown status") continue;
    names.insert(std::string(short_name));
    const std::string text = sotto_status_text(status);
    EXPECT_EQ('.', text.back()) << text;
    texts.insert(text);
  }
  EXPECT_EQ(18u, names.size());
  EXPECT_EQ(18u, texts.size());
}

TEST(CStatus, SaysWhenANumberIsNone) {
  for (const sotto_status status : {1, 7, -16, -99, -102, INT32_MIN, INT32_MAX}) {
    EXPECT_STREQ("unknown status", sotto_status_name(status));
    EXPECT_STRNE("", sotto_status_text(status));
  }
}

TEST(CStatus, KnowsCodecsByTheirMimeTypes) {
  std::uint32_t codec = 0;
  EXPECT_EQ(SOTTO_OK, sotto_codec_from_mime("VIDEO/vp8", &codec));
  EXPECT_EQ(static_cast<std::uint32_t>(SOTTO_CODEC_VP8), codec);
  EXPECT_EQ(SOTTO_OK, sotto_codec_from_mime("audio/red", &codec));
  EXPECT_EQ(static_cast<std::uint32_t>(SOTTO_CODEC_OPUS), codec);
  EXPECT_EQ(SOTTO_E_UNSUPPORTED, sotto_codec_from_mime("video/rtx", &codec));
  EXPECT_EQ(SOTTO_E_INVALID_ARGUMENT, sotto_codec_from_mime(nullptr, &codec));
  EXPECT_EQ(SOTTO_E_INVALID_ARGUMENT, sotto_codec_from_mime("video/VP8", nullptr));
}

TEST(CStatus, NamesItsVersions) {
  EXPECT_EQ(static_cast<std::uint32_t>(SOTTO_E2EE_ABI_VERSION), sotto_abi_version());
  EXPECT_STREQ(SOTTO_VERSION_TEXT, sotto_version());
}

}  // namespace
}  // namespace sotto
