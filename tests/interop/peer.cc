// Participants of every frame format for tests in other languages: one request a line on stdin, one
// answer a line on stdout. Bytes are hexadecimal, "-" when there are none; numbers are decimal.
//
//   new ID FORMAT KEY_256                        FORMAT as in e2ee/participant.h
//   key ID INDEX KIND BYTES                      KIND 0 raw, 1 passphrase
//   use | ratchet | erase ID INDEX
//   time MICROSECONDS                            for all that follows
//   seal | open ID CODEC KEY_FRAME SSRC TIMESTAMP BYTES
//
// Answers: "ok", for seal and open followed by BYTES KEY_INDEX COUNTER RATCHETED, or "error NAME".
#include <iostream>
#include <map>
#include <sstream>
#include <string>

#include "base/hex.h"
#include "compat/formats.h"
#include "crypto/init.h"
#include "shared/seeded_random.h"

namespace sotto {
namespace {

class Peer {
 public:
  std::string answer(const std::string& line) {
    std::istringstream words(line);
    std::string verb;
    words >> verb;
    if (verb == "time") return set_time(words);
    unsigned id = 0;
    words >> id;
    if (verb == "new") return make(id, words);
    auto found = participants_.find(id);
    if (!words || found == participants_.end()) return "error no such participant";
    Participant& participant = *found->second;
    if (verb == "key") return set_key(participant, words);
    if (verb == "seal" || verb == "open") return frame(participant, verb == "seal", words);
    std::uint32_t index = 0;
    words >> index;
    if (verb == "use") return told(participant.use_key(index, now_));
    if (verb == "ratchet") return told(participant.ratchet(index, now_));
    if (verb == "erase") return participant.erase_key(index) ? "ok" : "error none";
    return "error no such request";
  }

 private:
  static std::string told(const Result<void>& result) {
    return result ? "ok" : "error " + std::string(name(result.error()));
  }
  static std::string text(ByteView bytes) { return bytes.empty() ? "-" : to_hex(bytes); }
  static std::vector<std::uint8_t> bytes(std::istream& words) {
    std::string hex;
    words >> hex;
    auto parsed = from_hex(hex == "-" ? "" : hex);
    return parsed ? *parsed : std::vector<std::uint8_t>{};
  }

  std::string set_time(std::istream& words) {
    std::int64_t us = 0;
    words >> us;
    now_ = from_microseconds(us);
    return "ok";
  }
  std::string make(unsigned id, std::istream& words) {
    unsigned format = 0;
    bool key_256 = false;
    words >> format >> key_256;
    auto made =
        make_participant(static_cast<FrameFormat>(format), {.key_256 = key_256}, random_);
    if (!made) return "error " + std::string(name(made.error()));
    participants_[id] = *std::move(made);
    return "ok";
  }
  std::string set_key(Participant& participant, std::istream& words) {
    std::uint32_t index = 0;
    unsigned kind = 0;
    words >> index >> kind;
    return told(participant.set_key(index, static_cast<KeyKind>(kind), bytes(words), now_));
  }
  std::string frame(Participant& participant, bool seal, std::istream& words) {
    unsigned codec = 0;
    FrameFacts facts;
    words >> codec >> facts.key_frame >> facts.ssrc >> facts.rtp_timestamp;
    facts.codec = static_cast<Codec>(codec);
    const auto input = bytes(words);
    if (seal) {
      out_.assign(participant.max_sealed_size(facts.codec, input.size()), 0);
      auto size = participant.seal(facts, input, out_);
      if (!size) return "error " + std::string(name(size.error()));
      return "ok " + text(ByteView(out_).first(*size)) + " 0 0 0";
    }
    out_.assign(input.size(), 0);
    auto opened = participant.open(facts, input, out_, now_);
    if (!opened) return "error " + std::string(name(opened.error()));
    std::ostringstream answer;
    answer << "ok " << text(opened->frame) << ' ' << opened->key_index << ' ' << opened->counter
           << ' ' << opened->ratcheted;
    return answer.str();
  }

  SeededRandom random_;
  Time now_ = from_microseconds(0);
  std::map<unsigned, std::unique_ptr<Participant>> participants_;
  std::vector<std::uint8_t> out_;
};

}  // namespace
}  // namespace sotto

int main() {
  if (!sotto::initialize_crypto()) return 1;
  std::ios::sync_with_stdio(false);
  sotto::Peer peer;
  for (std::string line; std::getline(std::cin, line);) {
    std::cout << peer.answer(line) << '\n' << std::flush;
  }
  return 0;
}
