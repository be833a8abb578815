#include "ops/option_table.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <vector>

#include "ops/option_value.h"

namespace sotto::bridge {
namespace {

constexpr std::string_view kNetwork = "Network";
constexpr std::string_view kPages = "Pages and TLS";
constexpr std::string_view kTokens = "Tokens";
constexpr std::string_view kLimits = "Limits";
constexpr std::string_view kDelivery = "Delivery of group messages";
constexpr std::string_view kTimes = "Times";
constexpr std::string_view kLogs = "Logs";

using Text = std::string_view;

constexpr Option kOptions[] = {
    {kNetwork, "host", "ADDRESS", ":: (all addresses, IPv6 and IPv4)",
     "Address to listen on, for pages, signalling and media. 0.0.0.0 for IPv4 only.", false,
     [](Config& config, Text text) -> Complaint {
       Address address;
       if (auto complaint = read_address(text, address)) return complaint;
       config.host = text;
       return {};
     }},
    {kNetwork, "port", "NUMBER", "8080",
     "TCP port of the web pages and of signalling. 0 lets the system choose.", false,
     [](Config& config, Text text) { return read_port(text, config.port); }},
    {kNetwork, "media-port", "NUMBER", "10000",
     "UDP port of all media, and TCP port of ICE-TCP. 0 lets the system choose.", false,
     [](Config& config, Text text) { return read_port(text, config.media_port); }},
    {kNetwork, "public-address", "ADDRESS", "the machine's own addresses",
     "Address at which browsers reach the media port, when it differs from the machine's own (NAT, "
     "cloud).",
     true,
     [](Config& config, Text text) -> Complaint {
       Address address;
       if (auto complaint = read_address(text, address)) return complaint;
       config.public_addresses.push_back(address);
       return {};
     }},
    {kNetwork, "ice-tcp", "true|false", "true",
     "Also carry media over TCP, for networks that block UDP.", false,
     [](Config& config, Text text) { return read_flag(text, config.ice_tcp); }},

    {kPages, "web-root", "FOLDER", "none: no pages are served",
     "Folder of the call page. Read once at the start and again on SIGHUP.", false,
     [](Config& config, Text text) -> Complaint {
       config.web_root = text;
       return {};
     }},
    {kPages, "page-origin", "ORIGIN", "only the bridge's own",
     "Another origin whose pages may connect, e.g. https://meet.example.org.", true,
     [](Config& config, Text text) -> Complaint {
       std::string origin;
       if (auto complaint = read_origin(text, origin)) return complaint;
       config.page_origins.push_back(origin);
       return {};
     }},
    {kPages, "tls-cert", "FILE", "none: plain HTTP, for a proxy or for localhost",
     "Certificate chain in PEM. Read again on SIGHUP.", false,
     [](Config& config, Text text) -> Complaint {
       config.tls_cert = text;
       return {};
     }},
    {kPages, "tls-key", "FILE", "none", "Private key of the certificate in PEM.", false,
     [](Config& config, Text text) -> Complaint {
       config.tls_key = text;
       return {};
     }},

    {kTokens, "token-keys", "FILE", "none: rooms are open",
     "Public keys of whoever makes tokens, as a JWK Set or in PEM. With it, rooms need a token "
     "(docs/tokens.md). Read again on SIGHUP, and within seconds of a change.",
     false,
     [](Config& config, Text text) -> Complaint {
       config.token_keys = text;
       return {};
     }},
    {kTokens, "token-audience", "TEXT", "jitsi", "What the aud of a token names.", true,
     [](Config& config, Text text) { return read_text(text, config.token_audiences); }},
    {kTokens, "token-issuer", "TEXT", "any", "What the iss of a token is.", true,
     [](Config& config, Text text) { return read_text(text, config.token_issuers); }},
    {kTokens, "token-tenant", "TEXT", "any",
     "What the sub of a token is (of JaaS: the AppID). A token with * there is of all.", true,
     [](Config& config, Text text) { return read_text(text, config.token_tenants); }},
    {kTokens, "token-leeway", "SECONDS", "30", "By how much the issuer's clock may differ.", false,
     [](Config& config, Text text) { return read_seconds(text, 0, 3600, config.token_leeway); }},
    {kTokens, "open-room", "ROOM", "none", "A room that needs no token all the same.", true,
     [](Config& config, Text text) { return read_room(text, config.open_rooms); }},
    {kTokens, "token-checks-per-second", "NUMBER", "20",
     "Tokens that one address (of IPv6: one network of 64 bits) may have checked, after ten "
     "seconds' worth at once.",
     false,
     [](Config& config, Text text) {
       return read_number(text, 0.1, 100000, config.limits.token_checks_per_second);
     }},

    {kLimits, "max-connections", "NUMBER", "20000", "WebSockets open at once.", false,
     [](Config& config, Text text) { return read_count(text, 1, 1000000, config.limits.sockets); }},
    {kLimits, "max-rooms", "NUMBER", "10000", "Rooms at once.", false,
     [](Config& config, Text text) { return read_count(text, 1, 1000000, config.limits.rooms); }},
    {kLimits, "max-endpoints", "NUMBER", "10000", "Participants at once, in all rooms.", false,
     [](Config& config, Text text) {
       return read_count(text, 1, 1000000, config.limits.endpoints);
     }},
    {kLimits, "max-endpoints-per-room", "NUMBER", "500", "Participants of one room.", false,
     [](Config& config, Text text) {
       return read_count(text, 1, 10000, config.limits.endpoints_per_room);
     }},
    {kLimits, "max-seats", "NUMBER", "16", "Participants that one receiver gets media of at once.",
     false, [](Config& config, Text text) { return read_count(text, 1, 64, config.limits.seats); }},
    {kLimits, "max-message-bytes", "NUMBER", "262144", "Size of one signalling message.", false,
     [](Config& config, Text text) {
       return read_count(text, 16384, 4u << 20, config.limits.message_bytes);
     }},
    {kLimits, "messages-per-second", "NUMBER", "60",
     "Signalling messages that one client may send, after a burst of 120.", false,
     [](Config& config, Text text) {
       return read_number(text, 1, 100000, config.limits.messages_per_second);
     }},

    {kDelivery, "max-handshake-bytes", "NUMBER", "131072", "Size of one handshake message.", false,
     [](Config& config, Text text) {
       return read_count(text, 4096, 4u << 20, config.limits.delivery.handshake_bytes);
     }},
    {kDelivery, "max-welcome-bytes", "NUMBER", "1048576",
     "Size of one Welcome. It holds the whole group: 400 to 500 bytes for each member.", false,
     [](Config& config, Text text) {
       return read_count(text, 4096, 16u << 20, config.limits.delivery.welcome_bytes);
     }},
    {kDelivery, "max-application-bytes", "NUMBER", "32768",
     "Size of one application message (presence, chat).", false,
     [](Config& config, Text text) {
       return read_count(text, 1024, 1u << 20, config.limits.delivery.application_bytes);
     }},
    {kDelivery, "handshakes-per-second", "NUMBER", "10",
     "Handshakes, key packages and Welcomes that one participant may send, after five seconds' "
     "worth at once.",
     false,
     [](Config& config, Text text) {
       return read_number(text, 0.1, 100000, config.limits.delivery.handshakes_per_second);
     }},
    {kDelivery, "applications-per-second", "NUMBER", "20",
     "Application messages that one participant may send, after five seconds' worth at once.",
     false,
     [](Config& config, Text text) {
       return read_number(text, 0.1, 100000, config.limits.delivery.applications_per_second);
     }},
    {kDelivery, "room-bytes-per-second", "NUMBER", "33554432",
     "What a room's receivers are sent together, of each class (handshakes; application messages; "
     "Welcomes with key packages), after two seconds' worth at once. Beyond it senders take turns.",
     false,
     [](Config& config, Text text) {
       return read_number(text, 65536, 1e12, config.limits.delivery.room_bytes_per_second);
     }},
    {kDelivery, "backlog-messages", "NUMBER", "4096",
     "Handshakes of a room that are kept for participants who come back.", false,
     [](Config& config, Text text) {
       return read_count(text, 0, 1000000, config.limits.delivery.backlog_messages);
     }},
    {kDelivery, "backlog-bytes", "NUMBER", "16777216",
     "Their bytes; as many again of Welcomes that wait.", false,
     [](Config& config, Text text) {
       return read_count(text, 0, 1u << 30, config.limits.delivery.backlog_bytes);
     }},
    {kDelivery, "backlog-seconds", "SECONDS", "120", "Their age.", false,
     [](Config& config, Text text) {
       return read_seconds(text, 0, 86400, config.limits.delivery.backlog_age);
     }},
    {kDelivery, "max-backlog-bytes", "NUMBER", "536870912",
     "Bytes kept and queued in all rooms. Beyond it each room keeps 65536 of its handshakes and no "
     "more Welcomes.",
     false,
     [](Config& config, Text text) {
       return read_count(text, 0, std::uint64_t{1} << 40,
                         config.limits.delivery.backlog_bytes_of_all);
     }},

    {kTimes, "join-timeout", "SECONDS", "10", "Time a new connection has for its join.", false,
     [](Config& config, Text text) { return read_seconds(text, 0.1, 3600, config.join_timeout); }},
    {kTimes, "resume-window", "SECONDS", "30",
     "How long the place of a participant whose connection broke is kept.", false,
     [](Config& config, Text text) { return read_seconds(text, 0, 3600, config.resume_window); }},
    {kTimes, "ping-interval", "SECONDS", "10", "Time between WebSocket pings.", false,
     [](Config& config, Text text) {
       return read_seconds(text, 0.05, 3600, config.ping_interval);
     }},
    {kTimes, "ping-timeout", "SECONDS", "30", "A connection silent for so long is closed.", false,
     [](Config& config, Text text) { return read_seconds(text, 0.1, 3600, config.ping_timeout); }},

    {kLogs, "log-level", "LEVEL", "info",
     "debug, info, warning or error. Only debug tells IP addresses.", false,
     [](Config& config, Text text) { return read_log_level(text, config.log_level); }},
    {kLogs, "log-format", "FORMAT", "text", "text or json; one event a line, on standard error.",
     false, [](Config& config, Text text) { return read_log_format(text, config.log_format); }},
};

// Levenshtein distance: how many letters must change to make one word of the other.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), 0u);
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      std::size_t change = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({change, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

}  // namespace

std::span<const Option> option_table() {
  return kOptions;
}

const Option* find_option(std::string_view name) {
  for (const Option& option : kOptions) {
    if (option.name == name) return &option;
  }
  return nullptr;
}

const Option* nearest_option(std::string_view name) {
  if (name.size() > 64) return nullptr;
  const Option* nearest = nullptr;
  std::size_t best = 4;  // further than three letters is another word
  for (const Option& option : kOptions) {
    std::size_t away = distance(name, option.name);
    if (away < best && away < option.name.size()) {
      best = away;
      nearest = &option;
    }
  }
  return nearest;
}

std::string environment_name(std::string_view option) {
  std::string name = "SOTTO_";
  for (char letter : option) {
    name += letter == '-'
                ? '_'
                : static_cast<char>(letter >= 'a' && letter <= 'z' ? letter - 32 : letter);
  }
  return name;
}

}  // namespace sotto::bridge
