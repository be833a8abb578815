#include "room/display_name.h"

#include <gtest/gtest.h>

namespace sotto::room {
namespace {

TEST(DisplayName, AreWhatPeopleAreCalled) {
  for (const char* name :
       {"A", "Ann", "Ann Lee", "Zo\u00eb", "Zoe\u0308", "O'Brien-Smith",
        "\u5c71\u7530 \u592a\u90ce", "\u0645\u062d\u0645\u062f", "\u05d3\u05d5\u05d3",
        "Nguy\u1ec5n",
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",  // needs a non-joiner
        "Ann \U0001F469\u200D\U0001F680", "\u2764\uFE0F", "Room 4 (desk)"}) {
    EXPECT_TRUE(check_name(name)) << name;
  }
}

TEST(DisplayName, CannotTurnAroundOrHideWhatStandsBesideThem) {
  for (const char* name :
       {"Ann\u202enimda", "\u200fAnn",       "Ann\u2066", "Ann\u061c",     "A\u200bnn", "Ann\u00ad",
        "Ann\ufeff",      "Ann\n(verified)", "Ann\tLee",  "Ann\x7f",       "Ann\u0085", "Ann\u2028",
        "\u3164",         "\uffa0",          "\u2800",    "Ann\U000E0041", "Ann\ue000", "Ann\uffff",
        "Ann\u00a0Lee",   "\u2003",          "Ann\ufffc"}) {
    EXPECT_EQ(check_name(name).error(), Error::kMalformed) << name;
  }
  EXPECT_EQ(check_name(std::string_view("Ann\0x", 5)).error(), Error::kMalformed);
}

TEST(DisplayName, AreUtf8) {
  for (const char* name : {"\xc0\xaf", "\xe0\x80\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xff",
                           "A\x80", "A\xe2\x82", "\xf0\x9f\x98", "\xc2", "\xf8\x88\x80\x80\x80"}) {
    EXPECT_EQ(check_name(name).error(), Error::kMalformed);
  }
}

TEST(DisplayName, SayNothingBySpacesOrStacksOfMarks) {
  for (const char* name : {"", " ", " Ann", "Ann ", "Ann  Lee", "\u0301", " \u0301", "Ann \u0301",
                           "A\u0301\u0301\u0301\u0301\u0301", "\u200d", "\ufe0f"}) {
    EXPECT_EQ(check_name(name).error(), Error::kMalformed) << name;
  }
  EXPECT_TRUE(check_name("A\u0301\u0301\u0301\u0301"));
}

TEST(DisplayName, AreShort) {
  EXPECT_TRUE(check_name(std::string(64, 'a')));
  EXPECT_EQ(check_name(std::string(65, 'a')).error(), Error::kTooLarge);
  std::string han;
  for (int i = 0; i < 42; ++i) han += "\u5c71";
  EXPECT_TRUE(check_name(han));
  EXPECT_EQ(check_name(han + "\u5c71").error(), Error::kTooLarge);
}

TEST(DisplayName, FoldToTheSameWhenNobodyCouldTellThemApart) {
  EXPECT_EQ(folded_name("ANN"), folded_name("ann"));
  EXPECT_EQ(folded_name("A\u200dnn"), "ann");
  EXPECT_EQ(folded_name("\u2764\ufe0f"), "\u2764");
  EXPECT_NE(folded_name("Ann"), folded_name("Anne"));
}

}  // namespace
}  // namespace sotto::room
