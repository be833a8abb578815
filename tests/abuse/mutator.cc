#include "abuse/mutator.h"

#include <algorithm>
#include <fstream>

#include "base/hex.h"

namespace sotto::test {

Mutator::Packet Mutator::next_packet() {
  Packet packet = packets_[random_.below(packets_.size())];
  for (std::uint64_t i = 1 + random_.below(4); i > 0; --i) change(packet);
  if (packet.size() > 2000) packet.resize(2000);
  return packet;
}

void Mutator::change(Packet& packet) {
  auto at = [&] { return packet.empty() ? 0 : random_.below(packet.size()); };
  switch (random_.below(packet.empty() ? 1 : 8)) {
    case 0: {  // noise
      packet.resize(random_.below(64));
      random_.fill(packet);
      break;
    }
    case 1:
      packet[at()] ^= static_cast<std::uint8_t>(1u << random_.below(8));
      break;
    case 2:
      packet[at()] = static_cast<std::uint8_t>(random_.below(256));
      break;
    case 3:
      packet.resize(at());
      break;
    case 4:
      packet.insert(packet.begin() + static_cast<long>(at()), random_.below(40), 0xff);
      break;
    case 5: {  // a length or count that lies
      std::size_t place = at();
      for (std::size_t i = place; i < std::min(place + 2, packet.size()); ++i) {
        packet[i] = random_.below(2) ? 0xff : 0;
      }
      break;
    }
    case 6: {  // the end of another packet
      const Packet& other = packets_[random_.below(packets_.size())];
      packet.resize(at());
      packet.insert(packet.end(), other.begin() + static_cast<long>(other.size() / 2), other.end());
      break;
    }
    case 7: {  // a piece twice
      std::size_t from = at();
      Packet piece(packet.begin() + static_cast<long>(from),
                   packet.begin() + static_cast<long>(std::min(from + 16, packet.size())));
      packet.insert(packet.end(), piece.begin(), piece.end());
      break;
    }
  }
}

std::string Mutator::next_text() {
  std::string text = texts_[random_.below(texts_.size())];
  for (std::uint64_t i = random_.below(4); i > 0; --i) change(text);
  return text;
}

// `text` without what stands between two of its quotes or colons.
std::string Mutator::cut_value(const std::string& text) {
  std::size_t from = text.find_first_of("\":,", random_.below(text.size()));
  if (from == text.npos) return text;
  std::size_t to = text.find_first_of("\":,", from + 1);
  return text.substr(0, from + 1) + (to == text.npos ? "" : text.substr(to));
}

void Mutator::change(std::string& text) {
  static const std::vector<std::string> kPieces = {"\"",
                                                   "{",
                                                   "}",
                                                   "[",
                                                   "]",
                                                   ",",
                                                   ":",
                                                   "null",
                                                   "-1",
                                                   "1e999",
                                                   "18446744073709551616",
                                                   "\\u0000",
                                                   "\\ud800",
                                                   "true",
                                                   "{}",
                                                   "[]",
                                                   "\xc3\xa9",
                                                   "\\r\\na=",
                                                   "m=video 9 X 1\\r\\n",
                                                   "a=rid:1 send\\r\\n",
                                                   "a=ssrc:1 x\\r\\n",
                                                   "a=mid:0\\r\\n"};
  if (text.empty()) text = "{}";
  std::size_t at = random_.below(text.size());
  switch (random_.below(6)) {
    case 0:
      text.insert(at, kPieces[random_.below(kPieces.size())]);
      break;
    case 1:
      text.erase(at, 1 + random_.below(8));
      break;
    case 2:
      text[at] = static_cast<char>(32 + random_.below(95));
      break;
    case 3:
      text = cut_value(text);
      break;
    case 4:
      text.insert(at, std::string(random_.below(3000), random_.below(2) ? 'A' : '['));
      break;
    case 5:
      text.insert(at, text.substr(random_.below(text.size()), random_.below(200)));
      break;
  }
}

std::vector<Mutator::Packet> packets_of(const std::string& path) {
  std::vector<Mutator::Packet> packets;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) {
    auto from = line.find("\"hex\":\"");
    if (from == line.npos) continue;
    from += 7;
    auto bytes = from_hex(std::string_view(line).substr(from, line.find('"', from) - from));
    if (bytes) packets.push_back(*bytes);
  }
  return packets;
}

}  // namespace sotto::test
