// What an operator may choose, as plain values. Where each comes from and how it is spelled is
// in ops/option_table.cc; docs/configuration.md is printed from the same table.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "bridge/bridge_config.h"
#include "datagram/address.h"

namespace sotto::bridge {

enum class LogFormat { kText, kJson };
enum class LogThreshold { kDebug, kInfo, kWarning, kError };

struct Config {
  std::string host = "::";
  std::uint16_t port = 8080;
  std::uint16_t media_port = 10000;
  std::vector<Address> public_addresses;  // without ports: the media port belongs to each
  bool ice_tcp = true;

  std::string web_root;  // empty: no pages are served
  std::vector<std::string> page_origins;
  std::string tls_cert;  // both or neither
  std::string tls_key;

  std::string token_keys;                    // a file; empty: rooms are open
  std::vector<std::string> token_audiences;  // none: "jitsi"
  std::vector<std::string> token_issuers;
  std::vector<std::string> token_tenants;
  std::vector<std::string> open_rooms;
  Duration token_leeway = std::chrono::seconds(30);

  BridgeLimits limits;
  Duration join_timeout = std::chrono::seconds(10);
  Duration resume_window = std::chrono::seconds(30);
  Duration ping_interval = std::chrono::seconds(10);
  Duration ping_timeout = std::chrono::seconds(30);

  LogThreshold log_level = LogThreshold::kInfo;
  LogFormat log_format = LogFormat::kText;
};

}  // namespace sotto::bridge
