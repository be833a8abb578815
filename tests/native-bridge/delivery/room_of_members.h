// A room's delivery service and everybody in it, without a bridge: who hears what, in virtual time.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/byte_reader.h"
#include "delivery/delivery.h"

namespace sotto::bridge::delivery::test {

using std::chrono::milliseconds;
using std::chrono::seconds;

inline EndpointName named(unsigned number) {
  EndpointName name{};
  for (std::size_t i = 0; i < 4; ++i) name[15 - i] = static_cast<std::uint8_t>(number >> (8 * i));
  return name;
}

struct Heard {
  FrameKind kind{};
  EndpointName sender{};
  std::uint64_t number = 0;
  std::uint32_t id = 0;
  std::string content;
  Time at{};
};

// What a frame of the bridge says; fails where it is not one.
inline std::vector<Heard> read(ByteView frame, Time at) {
  std::vector<Heard> heard;
  ByteReader reader(frame);
  const auto kind = static_cast<FrameKind>(reader.u8().value_or(0));
  do {
    Heard one;
    one.kind = kind;
    one.at = at;
    const auto sender = reader.bytes(16);
    if (!sender) {
      ADD_FAILURE() << "a frame that is cut short";
      return heard;
    }
    std::copy(sender->begin(), sender->end(), one.sender.begin());
    if (kind == FrameKind::kHandshake) one.number = reader.u64().value_or(0);
    if (kind == FrameKind::kHandshake || kind == FrameKind::kApplication) {
      one.id = reader.u32().value_or(0);
    }
    const bool sized = kind == FrameKind::kApplication;
    const std::size_t size = sized ? reader.u32().value_or(0) : reader.remaining();
    // Of the large ones the beginning tells which it is; 500 members hear them all.
    one.content = as_text(reader.bytes(size).value_or(ByteView{})).substr(0, 64);
    EXPECT_TRUE(!one.content.empty() || kind == FrameKind::kKeyPackage);
    heard.push_back(std::move(one));
  } while (!reader.empty());
  return heard;
}

class RoomOfMembers {
 public:
  explicit RoomOfMembers(DeliveryLimits chosen = {})
      : limits(chosen), shared(chosen.backlog_bytes_of_all), service(limits, shared, log, now) {}

  Delivery::Position follow(unsigned who, std::optional<std::uint64_t> after = std::nullopt) {
    std::optional<Delivery::Had> had;
    if (after) had = {log, *after};
    following.insert(named(who));
    const auto position = service.follow(now, named(who), had);
    drain();
    return position;
  }
  void lose(unsigned who) {
    following.erase(named(who));
    service.unfollow(named(who));
  }
  void leave(unsigned who) {
    following.erase(named(who));
    service.leave(named(who));
  }
  bool send(unsigned who, FrameKind kind, std::string_view content, std::uint32_t id = 1,
            const std::vector<unsigned>& to = {}) {
    ClientFrame frame{kind, id, {}, as_bytes(content)};
    for (const unsigned addressee : to) frame.to.push_back(named(addressee));
    const bool taken = service.submit(now, named(who), frame);
    drain();
    return taken;
  }
  bool handshake(unsigned who, std::string_view content, std::uint32_t id = 1) {
    return send(who, FrameKind::kHandshake, content, id);
  }
  void pass(Duration span) {
    const Time end = now + span;
    while (service.next_timeout() <= end) {
      now = std::max(now, service.next_timeout());
      service.handle_timeout(now);
      drain();
    }
    now = end;
  }
  std::vector<Heard> of(unsigned who, FrameKind kind) {
    std::vector<Heard> chosen;
    for (const Heard& one : heard[named(who)]) {
      if (one.kind == kind) chosen.push_back(one);
    }
    return chosen;
  }
  std::string contents(unsigned who, FrameKind kind) {
    std::string all;
    for (const Heard& one : of(who, kind)) all += one.content + " ";
    return all;
  }

  Time now = from_microseconds(1'000'000);
  DeliveryLimits limits;
  SharedBytes shared;
  LogId log{7};
  Delivery service;
  std::set<EndpointName> following;
  std::map<EndpointName, std::vector<Heard>> heard;
  std::size_t frames = 0;

 private:
  void drain() {
    while (const auto output = service.poll_output()) {
      ++frames;
      for (const Heard& one : read(as_bytes(*output->frame), now)) {
        if (output->to) heard[*output->to].push_back(one);
        if (output->to) continue;
        for (const EndpointName& name : following) heard[name].push_back(one);
      }
    }
  }
};

}  // namespace sotto::bridge::delivery::test
