#include "net/health.h"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace sotto::bridge {

std::string health_json(const Health& health) {
  const BridgeStats& bridge = health.bridge;
  boost::json::object json{
      {"status", bridge.draining ? "draining" : "ok"},
      {"version", health.version},
      {"uptimeSeconds", health.uptime_seconds},
      {"rooms", bridge.rooms},
      {"endpoints", bridge.endpoints},
      {"endpointsAway", bridge.endpoints_away},
      {"websockets", health.websockets},
      {"joins", bridge.joins},
      {"resumes", bridge.resumes},
      {"messages",
       {{"in", bridge.messages_in},
        {"out", bridge.messages_out},
        {"refused", bridge.messages_refused}}},
      {"tokens", {{"accepted", bridge.tokens_accepted}, {"refused", bridge.tokens_refused}}},
      {"delivery",
       {{"handshakes", bridge.handshakes},
        {"keyPackages", bridge.key_packages},
        {"welcomes", bridge.welcomes},
        {"applications", bridge.applications},
        {"keptBytes", bridge.backlog_bytes}}},
      {"packets",
       {{"in", bridge.datagrams_in},
        {"unroutable", bridge.datagrams_unroutable},
        {"rtpIn", bridge.rtp_in},
        {"rtpForwarded", bridge.rtp_forwarded},
        {"rtpResent", bridge.rtp_resent},
        {"rtpDropped", bridge.rtp_dropped}}},
      {"udp",
       {{"received", health.received.datagrams},
        {"receiveCalls", health.received.calls},
        {"oversized", health.received.oversized},
        {"sent", health.sent.datagrams},
        {"sendCalls", health.sent.calls},
        {"dropped",
         health.sent.dropped_full + health.sent.dropped_error + bridge.datagrams_dropped},
        {"gso", health.sent.gso}}},
      {"tcp",
       {{"open", health.tcp.open},
        {"refused", health.tcp.refused},
        {"received", health.tcp.frames_in},
        {"sent", health.tcp.frames_out},
        {"dropped", health.tcp.frames_dropped}}},
  };
  return boost::json::serialize(json);
}

}  // namespace sotto::bridge
