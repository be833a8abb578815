// Seeded changes of real packets and messages: most are near enough to pass the first checks.
#pragma once

#include <string>
#include <vector>

#include "base/bytes.h"
#include "support/seeded_random.h"

namespace sotto::test {

class Mutator {
 public:
  using Packet = std::vector<std::uint8_t>;

  explicit Mutator(std::uint64_t seed) : random_(seed) {}

  void add_packet(Packet packet) { packets_.push_back(std::move(packet)); }
  void add_text(std::string text) { texts_.push_back(std::move(text)); }
  std::size_t packets() const { return packets_.size(); }
  std::size_t texts() const { return texts_.size(); }

  Packet next_packet();
  // UTF-8, mostly JSON.
  std::string next_text();

 private:
  void change(Packet& packet);
  void change(std::string& text);
  std::string cut_value(const std::string& text);

  SeededRandom random_;
  std::vector<Packet> packets_;
  std::vector<std::string> texts_;
};

// The packets of a .jsonl fixture ({"hex": "..."} a line).
std::vector<Mutator::Packet> packets_of(const std::string& path);

}  // namespace sotto::test
