#include "sdp/bundle.h"

#include <gtest/gtest.h>

#include "native-bridge/sdp/sdp_fixtures.h"

namespace sotto::bridge::sdp {
namespace {

SessionDescription two(const std::string& group) {
  return parsed("v=0\n" + group +
                "m=audio 9 X 1\na=mid:a\na=rtcp-mux\nm=video 9 X 2\na=mid:v\na=rtcp-mux\n");
}

std::vector<const MediaDescription*> both(const SessionDescription& session) {
  return {&session.media[0], &session.media[1]};
}

TEST(Bundle, OneGroupOfAllMLinesInUseIsAccepted) {
  const auto session = two("a=group:LS a v\na=group:BUNDLE v a\n");
  EXPECT_FALSE(check_bundle(session, both(session)));
  EXPECT_EQ(tagged_media(session, both(session)), &session.media[1]) << "first in the group";
}

TEST(Bundle, AnMLineOutsideTheGroupIsNamed) {
  const auto session = two("a=group:BUNDLE a\n");
  const auto error = check_bundle(session, both(session));
  ASSERT_TRUE(error);
  EXPECT_EQ(error->what, "m-line with mid \"v\": is not in a=group:BUNDLE");
}

TEST(Bundle, OneMLineNeedsNoGroup) {
  const auto session = two("");
  EXPECT_FALSE(check_bundle(session, {&session.media[1]}));
  EXPECT_EQ(tagged_media(session, {&session.media[1]}), &session.media[1]);
  EXPECT_EQ(tagged_media(session, {}), nullptr);
}

TEST(Bundle, Port0MeansRejectedUnlessBundleOnly) {
  const auto session = parsed("v=0\nm=audio 0 X 1\nm=audio 0 X 1\na=bundle-only\nm=audio 9 X 1\n");
  EXPECT_TRUE(is_rejected(session.media[0]));
  EXPECT_FALSE(is_rejected(session.media[1]));
  EXPECT_FALSE(is_rejected(session.media[2]));
}

}  // namespace
}  // namespace sotto::bridge::sdp
