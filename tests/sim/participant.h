// One virtual client of the signalling protocol with both PeerConnections: publishes checked
// content, receives and checks that of the others. Sans-I/O: texts and datagrams wait to be taken.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "sim/stream_receiver.h"
#include "sim/stream_sender.h"
#include "support/seeded_random.h"
#include "support/virtual_peer.h"

namespace sotto::bridge::sim {

// What one client has received of one other's track.
struct Reception {
  std::set<std::uint32_t> counters;
  bool began_with_key_frame = false;
  Time first{};
  Time last{};
  Duration longest_gap{};
};

struct Seated {
  std::string endpoint;  // empty: nobody
  std::string group;
  bool audio = false;
  bool video = false;
};

class Participant {
 public:
  // `number` makes it unique in the world: its endpoint id, addresses and SSRCs follow from it.
  Participant(std::uint32_t number, std::string room, std::vector<Source> sources, Time now);

  const std::string& endpoint() const { return endpoint_; }
  std::uint32_t number() const { return number_; }

  // What it says. join() resumes when there is a token.
  void join(Time now);
  void publish(Time now, std::vector<Source> sources, bool restart_ice = false);
  void pause(Source source, bool paused);
  void leave() { say({{"type", "leave"}}); }
  void say(boost::json::object message);

  void handle_text(Time now, std::string_view text);
  void handle_datagram(Time now, const Path& path, ByteView datagram);
  void handle_timeout(Time now);
  Time next_timeout() const;

  std::deque<std::string> texts;  // to the bridge
  // Moves what both connections have to send to `out`.
  void collect(std::vector<test::VirtualPeer::Datagram>& out);

  // What it knows.
  bool joined = false;
  bool resumed = false;
  bool closed = false;
  std::optional<std::string> resume_token;
  std::map<std::string, boost::json::object> others;  // as last described, by endpoint
  std::map<std::int64_t, Seated> seats;
  std::vector<std::string> speakers;
  std::map<std::string, int> heard;       // messages by type
  std::deque<boost::json::object> inbox;  // the latest, oldest first
  std::int64_t offered_seats = 0;
  bool answers_offers = true;

  std::map<std::pair<std::uint32_t, Source>, Reception> receptions;
  std::uint64_t corrupted() const;
  std::uint64_t recovered() const;
  std::uint64_t claims_broken = 0;  // content from another than who sits there
  std::uint64_t trace = 1469598103934665603u;

  StreamSender* sender(Source source);
  std::string track_of(Source source) const;
  const Reception* from(const Participant& other, Source source) const;

  std::unique_ptr<test::VirtualPeer> publisher;
  std::unique_ptr<test::VirtualPeer> subscriber;

 private:
  boost::json::object describe_publish();
  void set_sources(Time now, const std::vector<Source>& sources);
  void take_published(Time now, const boost::json::object& published);
  void take_offer(Time now, const boost::json::object& offer);
  void take_seats(const boost::json::array& list);
  void take_joined(Time now, const boost::json::object& message);
  void take_room_event(std::string_view type, const boost::json::object& message);

  void take_publisher_packets(Time now);
  void take_publisher_rtcp(ByteView packet);
  void take_subscriber_packets(Time now);
  void take_rtp(Time now, ByteView packet);
  void record(Time now, const StreamReceiver& receiver, const Received& received);
  void request_missing(Time now);
  void mix(std::uint64_t value);
  Path path(std::uint16_t port) const;

  std::uint32_t number_;
  std::string room_;
  std::string endpoint_;
  sotto::test::SeededRandom random_;
  std::vector<Source> sources_;
  std::vector<StreamSender> senders_;
  std::map<std::string, std::string> tracks_;  // track by mid
  std::vector<StreamReceiver> receivers_;
  std::map<std::uint32_t, std::size_t> by_ssrc_;
  std::map<std::uint32_t, std::size_t> by_rtx_ssrc_;
  IceParameters subscribe_ice_;
  std::int64_t generation_ = 0;
  std::int64_t next_id_ = 1;
};

}  // namespace sotto::bridge::sim
