#include "rtcp/transport_feedback.h"

#include <algorithm>
#include <array>
#include <limits>

#include "base/byte_reader.h"

namespace sotto::bridge::rtcp {

namespace {

constexpr std::uint8_t kNotReceived = 0;
constexpr std::uint8_t kSmallDelta = 1;
constexpr std::uint8_t kLargeDelta = 2;

constexpr int kRunBits = 13;
constexpr std::uint16_t kMaxRun = (1 << kRunBits) - 1;
constexpr int kOneBitSymbols = 14;
constexpr int kTwoBitSymbols = 7;
constexpr std::size_t kMaxStatuses = 0xffff;
constexpr std::size_t kFixedSize = 20;  // RTCP header to feedback count

bool is_run(std::uint16_t chunk) {
  return (chunk & 0x8000) == 0;
}
bool is_two_bit(std::uint16_t chunk) {
  return (chunk & 0x4000) != 0;
}

int symbols_in(std::uint16_t chunk) {
  if (is_run(chunk)) return chunk & kMaxRun;
  return is_two_bit(chunk) ? kTwoBitSymbols : kOneBitSymbols;
}

}  // namespace

// The chunks' end is known only by counting their symbols.
Result<TransportFeedback> TransportFeedback::parse(const Packet& packet) {
  if (!packet.is_feedback(PacketType::kTransportFeedback, kTransportCcFormat)) {
    return fail(Error::kWrongState);
  }
  ByteReader reader(packet.body);
  TransportFeedback feedback;
  TRY(feedback.sender_ssrc_, reader.u32());
  TRY(feedback.media_ssrc_, reader.u32());
  TRY(feedback.base_sequence_, reader.u16());
  TRY(feedback.status_count_, reader.u16());
  TRY(const std::uint32_t reference, reader.u24());
  TRY(feedback.feedback_count_, reader.u8());
  // Signed 24 bits.
  const std::int32_t signed_reference = static_cast<std::int32_t>(reference << 8) >> 8;
  feedback.clock_us_ = signed_reference * kReferenceUnitUs;
  const std::size_t chunks_at = reader.position();
  for (std::size_t symbols = 0; symbols < feedback.status_count_;) {
    TRY(const std::uint16_t chunk, reader.u16());
    const int count = symbols_in(chunk);
    if (count == 0) return fail(Error::kMalformed);
    symbols += static_cast<std::size_t>(count);
  }
  feedback.chunks_ = packet.body.subspan(chunks_at, reader.position() - chunks_at);
  feedback.deltas_ = reader.rest();
  return feedback;
}

std::uint8_t TransportFeedback::next_symbol() {
  if (chunk_left_ == 0) {
    ByteReader reader(chunks_);
    chunk_ = reader.u16().value_or(0);
    chunks_ = reader.rest();
    chunk_left_ = symbols_in(chunk_);
  }
  --chunk_left_;
  if (is_run(chunk_)) return chunk_ >> kRunBits & 3;
  if (is_two_bit(chunk_)) return chunk_ >> (2 * chunk_left_) & 3;
  return chunk_ >> chunk_left_ & 1;
}

bool TransportFeedback::next(Arrival& arrival) {
  if (read_ == status_count_ || malformed_) return false;
  const std::uint8_t symbol = next_symbol();
  arrival.sequence_number = static_cast<std::uint16_t>(base_sequence_ + read_);
  arrival.at_us.reset();
  ++read_;
  if (symbol != kSmallDelta && symbol != kLargeDelta) return true;
  ByteReader reader(deltas_);
  std::int64_t delta = 0;
  if (symbol == kSmallDelta) {
    auto value = reader.u8();
    malformed_ = !value;
    if (value) delta = *value;
  } else {
    auto value = reader.u16();
    malformed_ = !value;
    if (value) delta = static_cast<std::int16_t>(*value);
  }
  if (malformed_) return false;
  deltas_ = reader.rest();
  clock_us_ += delta * kDeltaUnitUs;
  arrival.at_us = clock_us_;
  return true;
}

namespace {

// Walks arrivals and gives each its symbol and its delta to the one before, in units of 250 us.
class DeltaWalk {
 public:
  explicit DeltaWalk(std::int64_t reference_us) : clock_(reference_us / kDeltaUnitUs) {}

  std::uint8_t next(std::int64_t arrival_us) {
    if (arrival_us == kNoArrival) return kNotReceived;
    const std::int64_t units = arrival_us / kDeltaUnitUs;
    delta_ = units - clock_;
    clock_ = units;
    return delta_ >= 0 && delta_ <= 0xff ? kSmallDelta : kLargeDelta;
  }
  std::int64_t delta() const { return delta_; }
  bool fits() const {
    return delta_ >= std::numeric_limits<std::int16_t>::min() &&
           delta_ <= std::numeric_limits<std::int16_t>::max();
  }

 private:
  std::int64_t clock_;
  std::int64_t delta_ = 0;
};

struct Chunk {
  std::uint16_t bits = 0;
  std::size_t symbols = 0;
};

// The chunk that takes the most symbols from `arrivals` on. `walk` is a copy: it runs ahead.
Chunk next_chunk(DeltaWalk walk, std::span<const std::int64_t> arrivals) {
  std::array<std::uint8_t, kOneBitSymbols> symbols{};
  std::size_t seen = 0;
  std::size_t run = 0;
  bool large = false;
  bool same = true;
  for (; run < arrivals.size() && run < kMaxRun && same; ++run) {
    const std::uint8_t symbol = walk.next(arrivals[run]);
    if (run < symbols.size()) {
      symbols[run] = symbol;
      seen = run + 1;
    }
    same = symbol == symbols[0];
    if (!same) break;
  }
  if (run >= kOneBitSymbols || run == arrivals.size()) {
    return {static_cast<std::uint16_t>(symbols[0] << kRunBits | run), run};
  }
  for (; seen < symbols.size() && seen < arrivals.size(); ++seen) {
    symbols[seen] = walk.next(arrivals[seen]);
  }
  for (std::size_t i = 0; i < seen; ++i) large = large || symbols[i] == kLargeDelta;
  if (large && run > kTwoBitSymbols) {
    return {static_cast<std::uint16_t>(symbols[0] << kRunBits | run), run};
  }
  Chunk chunk;
  const std::size_t capacity = large ? kTwoBitSymbols : kOneBitSymbols;
  chunk.symbols = std::min(seen, capacity);
  chunk.bits = large ? 0xc000 : 0x8000;
  for (std::size_t i = 0; i < chunk.symbols; ++i) {
    const std::size_t shift = (capacity - 1 - i) * (large ? 2 : 1);
    chunk.bits = static_cast<std::uint16_t>(chunk.bits | symbols[i] << shift);
  }
  return chunk;
}

// How many arrivals one packet can take: bounded by deltas and by room, reckoned at the worst
// case of one chunk for 7 statuses.
std::size_t count_fitting(std::int64_t reference_us, std::span<const std::int64_t> arrivals,
                          std::size_t room) {
  DeltaWalk walk(reference_us);
  std::size_t deltas = 0;
  std::size_t count = 0;
  std::size_t arrived_up_to = 0;
  for (; count < arrivals.size() && count < kMaxStatuses; ++count) {
    const std::uint8_t symbol = walk.next(arrivals[count]);
    if (symbol != kNotReceived && !walk.fits()) break;
    deltas += symbol;
    const std::size_t chunks = 2 * (count / kTwoBitSymbols + 1);
    if (chunks + deltas + 3 > room) break;
    if (symbol != kNotReceived) arrived_up_to = count + 1;
  }
  // Ends with an arrival: what is missing at the end may still come.
  return arrived_up_to;
}

}  // namespace

std::size_t write_transport_feedback(ByteWriter& writer, const TransportFeedbackHeader& header,
                                     std::span<const std::int64_t> arrivals_us) {
  const auto first = std::find_if(arrivals_us.begin(), arrivals_us.end(),
                                  [](std::int64_t us) { return us != kNoArrival; });
  if (first == arrivals_us.end() || writer.remaining() < kFixedSize) return 0;
  const std::int64_t reference = *first / kReferenceUnitUs;
  const std::int64_t reference_us = reference * kReferenceUnitUs;
  const std::size_t count =
      count_fitting(reference_us, arrivals_us, writer.remaining() - kFixedSize);
  if (count == 0) return 0;
  arrivals_us = arrivals_us.first(count);

  const std::size_t start = writer.size();
  PacketWriter packet(writer, PacketType::kTransportFeedback, kTransportCcFormat);
  writer.u32(header.sender_ssrc);
  writer.u32(header.media_ssrc);
  writer.u16(header.base_sequence);
  writer.u16(static_cast<std::uint16_t>(count));
  writer.u24(static_cast<std::uint32_t>(reference & 0xffffff));
  writer.u8(header.feedback_count);

  DeltaWalk walk(reference_us);
  for (std::size_t at = 0; at < count;) {
    const Chunk chunk = next_chunk(walk, arrivals_us.subspan(at));
    writer.u16(chunk.bits);
    for (std::size_t i = 0; i < chunk.symbols; ++i) walk.next(arrivals_us[at + i]);
    at += chunk.symbols;
  }
  DeltaWalk deltas(reference_us);
  for (std::int64_t arrival : arrivals_us) {
    const std::uint8_t symbol = deltas.next(arrival);
    if (symbol != kNotReceived) {
      writer.uint(static_cast<std::uint64_t>(deltas.delta()), symbol == kSmallDelta ? 1 : 2);
    }
  }
  writer.zeros((4 - (writer.size() - start) % 4) % 4);
  packet.finish();
  return count;
}

}  // namespace sotto::bridge::rtcp
