#include "dtls/flight.h"

#include <gtest/gtest.h>

#include "base/hex.h"
#include "dtls/record.h"

namespace sotto::bridge {
namespace {

using namespace std::chrono_literals;

const Path kPath{0, *Address::from_text("192.0.2.1", 5)};

// A handshake record in epoch 0 with sequence number 0 and one byte.
Datagrams one_record() {
  return {from_hex("16fefd00000000000000000001aa").value()};
}

std::uint64_t sequence(const DatagramQueue& out, std::size_t n) {
  return DtlsRecord::parse(out.bytes(out.datagrams().at(n)))->sequence;
}

TEST(Flight, IsRepeatedAtDoublingIntervalsUpToASecond) {
  Flight flight;
  DatagramQueue out;
  const Time start = from_microseconds(0);
  flight.send(start, kPath, one_record(), true, out);
  std::vector<Duration> at;
  for (int i = 0; i < 8; ++i) {
    const Time due = flight.next_timeout();
    at.push_back(due - start);
    flight.handle_timeout(due - 1us, &kPath, out);  // not yet
    flight.handle_timeout(due, &kPath, out);
    EXPECT_EQ(out.datagrams().size(), static_cast<std::size_t>(i + 2));
    EXPECT_EQ(sequence(out, static_cast<std::size_t>(i + 1)), static_cast<std::uint64_t>(i + 1));
  }
  EXPECT_EQ(at, (std::vector<Duration>{50ms, 150ms, 350ms, 750ms, 1550ms, 2550ms, 3550ms, 4550ms}));
}

TEST(Flight, WithoutAPathNothingIsSentButTheTimerGoesOn) {
  Flight flight;
  DatagramQueue out;
  const Time start = from_microseconds(0);
  flight.send(start, kPath, one_record(), true, out);
  out.clear();
  flight.handle_timeout(start + 50ms, nullptr, out);
  EXPECT_TRUE(out.empty());
  EXPECT_EQ(flight.next_timeout(), start + 150ms);
}

TEST(Flight, ANewFlightReplacesTheOldAndKeepsCountingRecords) {
  Flight flight;
  DatagramQueue out;
  const Time start = from_microseconds(0);
  flight.send(start, kPath, one_record(), true, out);
  flight.send(start + 10ms, kPath, one_record(), false, out);
  EXPECT_EQ(flight.next_timeout(), Time::max());
  EXPECT_EQ(sequence(out, 1), 1u);
  flight.repeat(start + 20ms, kPath, out);  // too soon
  EXPECT_EQ(out.datagrams().size(), 2u);
  flight.repeat(start + 60ms, kPath, out);
  EXPECT_EQ(sequence(out, 2), 2u);
}

}  // namespace
}  // namespace sotto::bridge
