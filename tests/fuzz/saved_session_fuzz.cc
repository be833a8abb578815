// fuzz-deps: sotto_room
// What a native endpoint has stored of its session, were it another's: the whole, by bytes put into
// a genuine one, and its lists of KeyPackages by themselves. What is taken is of bounded size, can
// be saved and taken again, and goes on without harm.
//
//   u8 what   0: a list of used KeyPackages, 1: one of its own; then the list
//             else: u24 where in a genuine saved session; then bytes to put there
#include <cstdlib>
#include <memory>

#include "base/byte_reader.h"
#include "room/own_key_packages.h"
#include "room/used_key_packages.h"
#include "support/room_network.h"

namespace {

using namespace sotto;
using namespace sotto::room;

template <typename List>
mls::Bytes saved(const List& list) {
  mls::Writer out;
  list.save(out);
  return std::move(out).take();
}

template <typename List>
void read_list(ByteView bytes) {
  List list, again;
  mls::Reader in(bytes);
  list.restore(in);
  if (!in.finish()) return;
  const mls::Bytes written = saved(list);
  if (written.size() > bytes.size()) std::abort();
  mls::Reader once_more(written);
  again.restore(once_more);
  if (!once_more.finish() || saved(again) != written) std::abort();
}

class StoredMember {
 public:
  StoredMember() {
    room_.join("Ann");
    room_.run(std::chrono::seconds(1));
    auto& ben = room_.join("Ben");
    room_.run(std::chrono::seconds(5));
    genuine_ = *ben.session->save();
  }

  void restore(ByteReader& reader) {
    mls::Bytes bytes = genuine_;
    const auto high = reader.u8();
    const auto low = reader.u16();
    if (!high || !low) return;
    const ByteView patch = reader.rest();
    const std::size_t start = (std::size_t{*high} << 16 | *low) % bytes.size();
    const std::size_t size = std::min(patch.size(), bytes.size() - start);
    std::copy_n(patch.begin(), size, bytes.begin() + static_cast<std::ptrdiff_t>(start));
    sotto::test::SeededRandom random(1);
    auto session = Session::restore(bytes, {}, random);
    if (!session) return;
    const Time now = from_microseconds(10'000'000);
    (*session)->start(now, 1'800'000'100, 1);
    if ((*session)->state() != SessionState::kOver) go_on(**session, now, random);
  }

 private:
  static void go_on(Session& session, Time now, RandomSource& random) {
    const auto again = session.save();
    if (!again || !Session::restore(*again, {}, random)) std::abort();
    session.handle_timeout(now + std::chrono::seconds(1));
    session.handle_timeout(now + std::chrono::seconds(15));
    (void)session.members(now);
  }

  room::test::RoomNetwork room_{1};
  mls::Bytes genuine_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static StoredMember member;
  ByteReader reader(ByteView(data, size));
  const auto what = reader.u8();
  if (!what) return 0;
  if (*what == 0) {
    read_list<UsedKeyPackages>(reader.rest());
  } else if (*what == 1) {
    read_list<OwnKeyPackages>(reader.rest());
  } else {
    member.restore(reader);
  }
  return 0;
}
