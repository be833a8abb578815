#include "delivery/frame.h"

#include <gtest/gtest.h>

#include "native-bridge/delivery/room_of_members.h"

namespace sotto::bridge::delivery {
namespace {

std::string bytes(std::initializer_list<int> values) {
  std::string text;
  for (const int value : values) text += static_cast<char>(value);
  return text;
}

FrameFault fault_of(const std::string& frame, std::size_t max_addressees = 500) {
  const auto parsed = parse_frame(as_bytes(frame), DeliveryLimits{}, max_addressees);
  const auto* error = std::get_if<FrameError>(&parsed);
  EXPECT_TRUE(error) << "it was taken";
  if (!error) return {};
  if (frame.size() >= 5) {
    EXPECT_EQ(error->id, 7u);
  } else {
    EXPECT_FALSE(error->id);
  }
  return error->fault;
}

const std::string kName1(16, 'a');
const std::string kName2(16, 'b');

TEST(ClientFrame, EachKindIsRead) {
  for (const int kind : {1, 2, 4}) {
    const std::string frame = bytes({kind, 0, 0, 0, 7}) + "content";
    const auto parsed = parse_frame(as_bytes(frame), DeliveryLimits{}, 500);
    ASSERT_TRUE(std::holds_alternative<ClientFrame>(parsed));
    const auto& read = std::get<ClientFrame>(parsed);
    EXPECT_EQ(static_cast<int>(read.kind), kind);
    EXPECT_EQ(read.id, 7u);
    EXPECT_EQ(as_text(read.content), "content");
  }
}

TEST(ClientFrame, AWelcomeNamesItsAddressees) {
  const std::string frame = bytes({3, 0, 0, 0, 7, 0, 2}) + kName2 + kName1 + "welcome";
  const auto parsed = parse_frame(as_bytes(frame), DeliveryLimits{}, 500);
  ASSERT_TRUE(std::holds_alternative<ClientFrame>(parsed));
  const auto& read = std::get<ClientFrame>(parsed);
  ASSERT_EQ(read.to.size(), 2u);
  EXPECT_EQ(as_text(read.to[0]), kName1);
  EXPECT_EQ(as_text(read.to[1]), kName2);
  EXPECT_EQ(as_text(read.content), "welcome");
}

TEST(ClientFrame, OnlyAKeyPackageMayBeEmpty) {
  EXPECT_EQ(fault_of(bytes({1, 0, 0, 0, 7})), FrameFault::kEmpty);
  EXPECT_EQ(fault_of(bytes({4, 0, 0, 0, 7})), FrameFault::kEmpty);
  EXPECT_EQ(fault_of(bytes({3, 0, 0, 0, 7, 0, 1}) + kName1), FrameFault::kEmpty);
  const std::string taken_back = bytes({2, 0, 0, 0, 7});
  EXPECT_TRUE(std::holds_alternative<ClientFrame>(
      parse_frame(as_bytes(taken_back), DeliveryLimits{}, 500)));
}

TEST(ClientFrame, CutShortAnywhereItIsRefused) {
  const std::string whole = bytes({3, 0, 0, 0, 7, 0, 2}) + kName1 + kName2;
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_EQ(fault_of(whole.substr(0, size)), FrameFault::kTruncated) << size;
  }
}

TEST(ClientFrame, KindsThatDoNotExistAreRefused) {
  for (const int kind : {0, 5, 0x81, 0xff}) {
    EXPECT_EQ(fault_of(bytes({kind, 0, 0, 0, 7}) + "x"), FrameFault::kUnknownKind) << kind;
  }
}

TEST(ClientFrame, NobodyTheSameTwiceAndMoreThanARoomHasAreNoAddressees) {
  EXPECT_EQ(fault_of(bytes({3, 0, 0, 0, 7, 0, 0}) + "w"), FrameFault::kBadAddressees);
  EXPECT_EQ(fault_of(bytes({3, 0, 0, 0, 7, 0, 2}) + kName1 + kName1 + "w"),
            FrameFault::kBadAddressees);
  EXPECT_EQ(fault_of(bytes({3, 0, 0, 0, 7, 0, 2}) + kName1 + kName2 + "w", 1),
            FrameFault::kBadAddressees);
}

TEST(ClientFrame, EachKindHasItsOwnLargest) {
  const DeliveryLimits limits;
  const std::pair<int, std::size_t> largest[] = {{1, limits.handshake_bytes},
                                                 {2, limits.key_package_bytes},
                                                 {3, limits.welcome_bytes},
                                                 {4, limits.application_bytes}};
  for (const auto& [kind, size] : largest) {
    std::string frame = bytes({kind, 0, 0, 0, 7});
    if (kind == 3) frame += bytes({0, 1}) + kName1;
    frame += std::string(size, 'x');
    EXPECT_TRUE(std::holds_alternative<ClientFrame>(parse_frame(as_bytes(frame), limits, 500)));
    EXPECT_LE(frame.size(), limits.frame_bytes(500));
    EXPECT_EQ(fault_of(frame + "x"), FrameFault::kTooLarge) << kind;
  }
}

TEST(BridgeFrame, HandshakesCarrySenderNumberAndId) {
  std::string frame = handshake_frame(test::named(3), 9, as_bytes("commit"));
  set_number(frame, 0x0102030405060708);
  const auto heard = test::read(as_bytes(frame), Time{});
  ASSERT_EQ(heard.size(), 1u);
  EXPECT_EQ(heard[0].sender, test::named(3));
  EXPECT_EQ(heard[0].number, 0x0102030405060708u);
  EXPECT_EQ(heard[0].id, 9u);
  EXPECT_EQ(heard[0].content, "commit");
  EXPECT_EQ(frame.substr(17, 8), "\1\2\3\4\5\6\7\10");
}

TEST(BridgeFrame, ApplicationMessagesShareAFrame) {
  const std::string frame = application_frame_start() +
                            application_record(test::named(1), 5, as_bytes("one")) +
                            application_record(test::named(2), 6, as_bytes("two"));
  const auto heard = test::read(as_bytes(frame), Time{});
  ASSERT_EQ(heard.size(), 2u);
  EXPECT_EQ(heard[0].content, "one");
  EXPECT_EQ(heard[1].sender, test::named(2));
  EXPECT_EQ(heard[1].id, 6u);
}

}  // namespace
}  // namespace sotto::bridge::delivery
