// SDP that real browsers wrote: some in tests/fixtures/sdp, all of the recordings where they are at
// hand (beside SOTTO_REFERENCE_DIR).
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <string>
#include <variant>

#include "sdp/session_description.h"
#include "sdp/transport_parameters.h"

namespace sotto::bridge::sdp {

inline std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text(std::istreambuf_iterator<char>(file), {});
  if (text.empty()) {
    std::cerr << "cannot read " << path << "\n";
    std::abort();
  }
  return text;
}

inline std::string fixture(const std::string& name) {
  return read_file(std::filesystem::path(SOTTO_FIXTURES) / "sdp" / name);
}

inline SessionDescription parsed(const std::string& text) {
  auto result = parse(text);
  if (auto* error = std::get_if<SdpError>(&result)) {
    std::cerr << error->what << "\n";
    std::abort();
  }
  return std::get<SessionDescription>(std::move(result));
}

// Every stored SDP whose name contains `part` ("offer", "answer"), by name.
inline std::map<std::string, std::string> all_sdp(const std::string& part) {
  std::map<std::string, std::string> found;
  std::vector<std::filesystem::path> folders{std::filesystem::path(SOTTO_FIXTURES) / "sdp"};
  const char* reference = std::getenv("SOTTO_REFERENCE_DIR");
  const std::filesystem::path shared =
      reference != nullptr ? std::filesystem::path(reference).parent_path() : "";
  for (const char* folder : {"captures/sdp", "harness/sdp"}) {
    if (std::filesystem::is_directory(shared / folder)) {
      folders.push_back(shared / folder);
    } else {
      std::cout << "NOTICE: no " << folder << " beside SOTTO_REFERENCE_DIR; it was not tested\n";
    }
  }
  for (const auto& folder : folders) {
    for (const auto& file : std::filesystem::directory_iterator(folder)) {
      const std::string name = file.path().filename();
      if (name.ends_with(".sdp") && name.find(part) != std::string::npos) {
        found[name] = read_file(file.path());
      }
    }
  }
  std::cout << found.size() << " SDP files\n";
  return found;
}

inline LocalTransport local_transport() {
  LocalTransport local;
  local.ufrag = "brdg";
  local.password = "0123456789abcdef01234567";
  local.fingerprint =
      "sha-256 00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99:AA:BB:"
      "CC:DD:EE:FF";
  local.addresses = {{"192.0.2.1", 10000, true, true}, {"2001:db8::1", 10000, true, true}};
  local.session_id = 42;
  local.session_version = 7;
  return local;
}

// The lines of `text` that start with `prefix`, without line ends.
inline std::vector<std::string> lines(const std::string& text, const std::string& prefix) {
  std::vector<std::string> found;
  std::size_t at = 0;
  while (at < text.size()) {
    std::size_t end = text.find("\r\n", at);
    if (end == std::string::npos) end = text.size();
    if (text.compare(at, prefix.size(), prefix) == 0) found.push_back(text.substr(at, end - at));
    at = end + 2;
  }
  return found;
}

}  // namespace sotto::bridge::sdp
