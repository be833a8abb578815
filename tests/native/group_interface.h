// Groups through the C interface, in virtual time, over a transport in memory that orders, and
// keeps what those who come later need.
#pragma once

#include <algorithm>
#include <functional>
#include <list>
#include <map>
#include <string>
#include <vector>

#include "native/c_interface.h"
#include "sotto_group.h"

namespace sotto {

inline constexpr const char* kGroupRoom = "quiet-otter";
inline constexpr const char* kGroupLink = "0.BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc";

struct GroupMessage {
  std::uint32_t kind = 0;
  Bytes sender;
  std::uint64_t number = 0;
  Bytes bytes;
};

// What an event was, copied.
struct GroupEvent {
  sotto_group_event raw = {};
  std::string name, text, member_name;
  sotto_group_member member = {};
  Bytes bytes, endpoint;
  std::vector<std::uint32_t> leaves;
};

struct GroupPerson {
  Bytes endpoint = Bytes(SOTTO_GROUP_ENDPOINT_SIZE);
  Bytes identity = Bytes(SOTTO_GROUP_IDENTITY_SIZE);
  sotto_group* group = nullptr;
  sotto_group_frames* frames = nullptr;
  bool connected = true;
  std::vector<GroupEvent> events;

  GroupPerson() = default;
  GroupPerson(const GroupPerson&) = delete;
  GroupPerson& operator=(const GroupPerson&) = delete;
  ~GroupPerson() {
    sotto_group_destroy(group);
    sotto_group_frames_destroy(frames);
  }

  const GroupEvent* last(std::uint32_t type) const {
    for (auto it = events.rbegin(); it != events.rend(); ++it) {
      if (it->raw.type == type) return &*it;
    }
    return nullptr;
  }
  std::uint32_t state() const { return sotto_group_state(group); }
  std::uint32_t leaf() const {
    std::uint64_t epoch = 0;
    std::uint32_t mine = UINT32_MAX;
    sotto_group_epoch(group, &epoch, &mine);
    return mine;
  }
  // Public: whom the others see here.
  Bytes identity_key() const {
    sotto_group_member member = {};
    member.struct_size = sizeof member;
    EXPECT_EQ(SOTTO_OK, sotto_group_find_member(group, leaf(), 0, &member));
    return Bytes(member.identity_key, member.identity_key + sizeof member.identity_key);
  }
  std::size_t members() const {
    std::size_t count = 0;
    sotto_group_members(group, nullptr, 0, &count);
    return count;
  }
  Bytes agreement() const {
    Bytes digest(SOTTO_GROUP_AGREEMENT_SIZE);
    sotto_group_agreement(group, digest.data(), digest.size());
    return digest;
  }
};

class GroupRoom {
 public:
  std::int64_t now = 1'000'000;
  std::list<GroupPerson> people;
  std::vector<GroupMessage> log;

  sotto_group_options options_of(GroupPerson& one, const char* name) {
    sotto_group_options options = {};
    options.struct_size = sizeof options;
    options.room = kGroupRoom;
    options.link = link.c_str();
    options.name = name;
    options.endpoint = one.endpoint.data();
    options.identity = one.identity.data();
    options.publishes = 1;
    return options;
  }
  GroupPerson& newcomer() {
    GroupPerson& one = people.emplace_back();
    one.endpoint[0] = static_cast<std::uint8_t>(++endpoints_);
    EXPECT_EQ(SOTTO_OK, sotto_group_identity(one.identity.data(), one.identity.size()));
    return one;
  }
  GroupPerson& join(const char* name,
                    const std::function<void(sotto_group_options&)>& change = {}) {
    GroupPerson& one = newcomer();
    sotto_group_options options = options_of(one, name);
    if (change) change(options);
    EXPECT_EQ(SOTTO_OK, sotto_group_create(&options, &one.group)) << name;
    start(one);
    return one;
  }
  GroupPerson& restore(const Bytes& key, const Bytes& saved, const char* lock_path) {
    GroupPerson& one = newcomer();
    EXPECT_EQ(SOTTO_OK, sotto_group_restore(key.data(), key.size(), saved.data(), saved.size(),
                                            one.endpoint.data(), lock_path, &one.group));
    start(one);
    return one;
  }
  void end(GroupPerson& one) {
    one.connected = false;
    key_packages_.erase(one.endpoint);
    sotto_group_destroy(one.group);
    one.group = nullptr;
  }

  // What has been sent arrives, and timers run, for so many milliseconds.
  void run(int milliseconds) {
    for (const std::int64_t end = now + milliseconds * std::int64_t{1000}; now < end;) {
      now += 10'000;
      step();
    }
  }
  bool run_until(int milliseconds, const std::function<bool()>& done) {
    for (int i = 0; i < milliseconds && !done(); i += 10) run(10);
    return done();
  }
  bool agree(const std::vector<const GroupPerson*>& all) {
    for (const GroupPerson* one : all) {
      if (one->state() != SOTTO_GROUP_IN || one->members() != all.size()) return false;
      if (one->agreement() != all[0]->agreement()) return false;
    }
    return true;
  }
  void step() {
    for (GroupPerson& one : people) {
      std::int64_t at = 0;
      if (one.group != nullptr && sotto_group_next_timeout(one.group, &at) == SOTTO_OK &&
          at <= now) {
        EXPECT_EQ(SOTTO_OK, sotto_group_timeout(one.group, now));
      }
      drain(one);
    }
  }

  std::string link = kGroupLink;
  // False: this message never arrives anywhere.
  std::function<bool(const GroupMessage&)> tamper;

 private:
  void start(GroupPerson& one) {
    EXPECT_EQ(SOTTO_OK, sotto_group_frames_create(one.group, &one.frames));
    const auto others = std::count_if(people.begin(), people.end(), [&](const GroupPerson& other) {
      return other.connected && &other != &one;
    });
    EXPECT_EQ(SOTTO_OK,
              sotto_group_start(one.group, static_cast<std::size_t>(others), now,
                                1'800'000'000 + static_cast<std::uint64_t>(now) / 1'000'000));
    for (const GroupMessage& entry : log) {
      if (entry.number > sotto_group_last_handshake(one.group)) receive(one, entry);
    }
    for (const auto& [endpoint, bytes] : key_packages_) {
      if (endpoint != one.endpoint) receive(one, {SOTTO_GROUP_KEY_PACKAGE, endpoint, 0, bytes});
    }
    drain(one);
  }
  void receive(GroupPerson& one, const GroupMessage& message) {
    if (one.group == nullptr || !one.connected) return;
    EXPECT_EQ(SOTTO_OK,
              sotto_group_receive(one.group, message.kind, message.sender.data(), message.number,
                                  message.bytes.data(), message.bytes.size(), now));
  }
  void take(GroupPerson& from, const sotto_group_message& raw) {
    GroupMessage message{raw.kind, from.endpoint, 0, Bytes(raw.bytes, raw.bytes + raw.size)};
    std::vector<Bytes> to;
    for (std::size_t i = 0; i < raw.addressee_count; ++i) {
      const std::uint8_t* at = raw.addressees + i * SOTTO_GROUP_ENDPOINT_SIZE;
      to.emplace_back(at, at + SOTTO_GROUP_ENDPOINT_SIZE);
    }
    if (tamper && !tamper(message)) return;
    if (message.kind == SOTTO_GROUP_HANDSHAKE) {
      message.number = log.size() + 1;
      log.push_back(message);
    } else if (message.kind == SOTTO_GROUP_KEY_PACKAGE) {
      key_packages_[from.endpoint] = message.bytes;
      if (message.bytes.empty()) key_packages_.erase(from.endpoint);
    }
    for (GroupPerson& one : people) {
      const bool welcome = message.kind == SOTTO_GROUP_WELCOME;
      if (welcome && std::find(to.begin(), to.end(), one.endpoint) == to.end()) continue;
      if (message.kind == SOTTO_GROUP_KEY_PACKAGE && &one == &from) continue;
      receive(one, message);
    }
  }
  void drain(GroupPerson& one) {
    if (one.group == nullptr) return;
    sotto_group_event event = {};
    event.struct_size = sizeof event;
    while (sotto_group_poll_event(one.group, &event) == SOTTO_OK) one.events.push_back(copy(event));
    sotto_group_message message = {};
    message.struct_size = sizeof message;
    while (one.connected && sotto_group_poll_message(one.group, &message) == SOTTO_OK) {
      take(one, message);
    }
  }
  static GroupEvent copy(const sotto_group_event& raw) {
    GroupEvent event;
    event.raw = raw;
    if (raw.name != nullptr) event.name.assign(raw.name, raw.name_size);
    if (raw.text != nullptr) event.text.assign(raw.text, raw.text_size);
    if (raw.bytes != nullptr) event.bytes.assign(raw.bytes, raw.bytes + raw.bytes_size);
    if (raw.endpoint != nullptr) {
      event.endpoint.assign(raw.endpoint, raw.endpoint + SOTTO_GROUP_ENDPOINT_SIZE);
    }
    if (raw.leaves != nullptr) event.leaves.assign(raw.leaves, raw.leaves + raw.leaf_count);
    if (raw.member != nullptr) {
      event.member = *raw.member;
      event.member_name.assign(raw.member->name, raw.member->name_size);
    }
    return event;
  }

  std::map<Bytes, Bytes> key_packages_;
  int endpoints_ = 0;
};

inline Sealed seal(const GroupPerson& from, std::uint32_t context, std::uint32_t codec,
                   const Bytes& frame) {
  Sealed sealed;
  sealed.wire.resize(sotto_group_frames_max_sealed_size(from.frames, context, codec, frame.size()));
  std::size_t written = 0;
  sealed.status =
      sotto_group_frames_seal(from.frames, context, codec, 1, frame.data(), frame.size(),
                              sealed.wire.data(), sealed.wire.size(), &written);
  sealed.wire.resize(written);
  return sealed;
}

struct GroupOpened {
  sotto_status status = SOTTO_E_INTERNAL;
  Bytes frame;
  sotto_group_frame facts = {};
};

inline GroupOpened open(const GroupPerson& to, std::uint32_t codec, const Bytes& wire,
                        std::int64_t now, std::uint64_t stream = 7) {
  GroupOpened opened;
  Bytes out(wire.size());
  opened.facts.struct_size = sizeof opened.facts;
  opened.status = sotto_group_frames_open(to.frames, stream, codec, wire.data(), wire.size(),
                                          out.data(), out.size(), now, &opened.facts);
  if (opened.status == SOTTO_OK) {
    opened.frame.assign(opened.facts.frame, opened.facts.frame + opened.facts.frame_size);
  }
  return opened;
}

// Ann founds it, and the others are in and heard.
inline std::vector<GroupPerson*> fill(GroupRoom& room, const std::vector<const char*>& names) {
  std::vector<GroupPerson*> all;
  std::vector<const GroupPerson*> seen;
  for (const char* name : names) {
    all.push_back(&room.join(name));
    seen.push_back(all.back());
    room.run(300);
  }
  EXPECT_TRUE(room.run_until(10'000, [&] { return room.agree(seen); }));
  room.run(3'000);
  return all;
}

}  // namespace sotto
