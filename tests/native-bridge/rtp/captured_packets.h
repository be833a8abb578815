// Packets of real browsers, after decryption: trimmed ones from tests/fixtures/rtp, and the whole
// recordings where they are at hand (beside SOTTO_REFERENCE_DIR).
#pragma once

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/hex.h"
#include "rtp/header_extension.h"

namespace sotto::bridge {

struct CapturedPacket {
  std::int64_t at_us = 0;
  bool rtcp = false;
  bool from_browser = true;
  bool lost = false;
  std::vector<std::uint8_t> bytes;
};

struct Capture {
  ExtensionMap extensions;
  std::map<std::uint8_t, std::string> formats;  // "VP8/90000", "rtx/90000 ; apt=96"
  std::vector<CapturedPacket> packets;

  bool is_rtx(std::uint8_t payload_type) const {
    const auto found = formats.find(payload_type);
    return found != formats.end() && found->second.starts_with("rtx/");
  }
};

// The text between `before` and the next quotation mark or comma; "" without it.
inline std::string field(const std::string& line, const std::string& before) {
  const std::size_t at = line.find(before);
  if (at == std::string::npos) return {};
  const std::size_t start = at + before.size();
  return line.substr(start, line.find_first_of("\",}", start) - start);
}

// Lines such as  "9": "urn:ietf:params:rtp-hdrext:sdes:mid",  and  "98": "VP9/90000".
inline void read_meta_line(const std::string& line, Capture& capture) {
  const std::size_t key = line.find('"');
  const std::size_t colon = line.find("\": \"");
  if (key == std::string::npos || colon == std::string::npos) return;
  const int number = std::atoi(line.c_str() + key + 1);
  const std::string value = field(line.substr(colon), "\": \"");
  if (number <= 0 || number > 255) return;
  const auto id = static_cast<std::uint8_t>(number);
  if (const auto extension = extension_from_uri(value)) capture.extensions.set(*extension, id);
  if (value.find("/90000") != std::string::npos || value.find("/48000") != std::string::npos) {
    capture.formats.try_emplace(id, value);
  }
}

inline std::optional<Capture> load_capture(const std::filesystem::path& folder,
                                           const std::string& name) {
  std::ifstream meta(folder / (name + ".meta.json"));
  std::ifstream lines(folder / (name + ".jsonl"));
  if (!meta || !lines) return std::nullopt;
  Capture capture;
  for (std::string line; std::getline(meta, line);) read_meta_line(line, capture);
  for (std::string line; std::getline(lines, line);) {
    const std::string kind = field(line, "\"kind\":\"");
    if (kind != "rtp" && kind != "rtcp") continue;
    CapturedPacket packet;
    packet.at_us = std::atoll(field(line, "\"t_us\":").c_str());
    packet.rtcp = kind == "rtcp";
    packet.from_browser = field(line, "\"dir\":\"") == "from-browser";
    packet.lost = line.find("\"lost\":true") != std::string::npos;
    packet.bytes = from_hex(field(line, "\"hex\":\"")).value();
    capture.packets.push_back(std::move(packet));
  }
  return capture;
}

inline Capture fixture(const std::string& name) {
  auto capture = load_capture(std::filesystem::path(SOTTO_FIXTURES) / "rtp", name);
  if (!capture || capture->packets.empty()) {
    std::cerr << "no fixture " << name << " in " << SOTTO_FIXTURES << "\n";
    std::abort();
  }
  return *std::move(capture);
}

// The folder of whole recordings, if it is there; else a notice that only the fixtures were used.
inline std::optional<std::filesystem::path> recordings(const std::string& kind) {
  const char* reference = std::getenv("SOTTO_REFERENCE_DIR");
  if (reference != nullptr) {
    const auto folder = std::filesystem::path(reference).parent_path() / "captures" / kind;
    if (std::filesystem::is_directory(folder)) return folder;
  }
  std::cout << "NOTICE: no browser recordings beside SOTTO_REFERENCE_DIR; only the fixtures ran\n";
  return std::nullopt;
}

// Every fixture, and every whole recording there is.
inline std::map<std::string, Capture> all_captures() {
  std::map<std::string, Capture> captures;
  std::vector<std::filesystem::path> folders{std::filesystem::path(SOTTO_FIXTURES) / "rtp"};
  if (auto folder = recordings("packets")) folders.push_back(*folder);
  for (const auto& folder : folders) {
    for (const auto& file : std::filesystem::directory_iterator(folder)) {
      if (file.path().extension() != ".jsonl") continue;
      const std::string name = file.path().stem();
      auto capture = load_capture(folder, name);
      if (capture && !capture->packets.empty()) captures[name] = *std::move(capture);
    }
  }
  return captures;
}

}  // namespace sotto::bridge
