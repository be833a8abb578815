// fuzz-deps: sotto_room
// The face that the group module has for its worker (wasm/src/group_exports.cc): whatever a page, a
// room link or a service brings about, in any order. Whoever is alone in a room stays so, since
// nobody else here has its link.
//
//   u8 0: the rest is a configuration; else a genuine one, then steps until the bytes end:
//     u8 0  wish      u8 number, u32 argument, u8 size, bytes
//     u8 1  streams   u8 size, bytes
//     u8 2  message   u8 kind, u8 size, an endpoint and bytes
//     u8 3  time      u16 milliseconds
//     u8 4  the log is followed anew: u8 flags, endpoint[16]
//     u8 5  an endpoint has gone: endpoint[16]
//     u8 6  a frame module comes: its key[32]
//     u8 7  what the module sent comes back, u8 from the last
//     u8 8  questions: u32 leaf
#include <cstdlib>
#include <vector>

#include "../../wasm/src/group_config.cc"
#include "../../wasm/src/group_events.cc"
#include "../../wasm/src/group_exports.cc"
#include "support/seeded_random.h"

namespace {

sotto::test::SeededRandom* source = nullptr;

}  // namespace

extern "C" void sotto_random(std::uint8_t* out, std::uint32_t size) {
  source->fill({out, size});
}

namespace {

using namespace sotto;

constexpr double kUnixTime = 1'795'000'000;

std::uint32_t put(ByteView bytes) {
  std::uint8_t* to = sotto_input(static_cast<std::uint32_t>(bytes.size()));
  if (to == nullptr && !bytes.empty()) std::abort();
  std::copy(bytes.begin(), bytes.end(), to);
  return static_cast<std::uint32_t>(bytes.size());
}

mls::Bytes genuine_config() {
  mls::Writer out;
  out.u8(1);
  out.u8(0);
  out.u16(static_cast<std::uint16_t>(mls::CipherSuite::kX25519ChaCha20Poly1305Sha256Ed25519));
  out.bytes(room::Endpoint{1});
  out.u8(0);
  for (const std::string_view text :
       {"room", "0.BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc", "Ann"}) {
    out.u8(static_cast<std::uint8_t>(text.size()));
    out.bytes(as_bytes(text));
  }
  return std::move(out).take();
}

class Module {
 public:
  Module() {
    source = &random_;
    session.reset();
    feed = {};
  }
  ~Module() { session.reset(); }

  bool create(ByteView config) { return sotto_group_create(put(config)) == 0; }
  void start() { sotto_group_start(0, now_, kUnixTime); }

  void step(mls::Reader& in) {
    switch (in.u8() % 9) {
      case 0: {
        const std::uint32_t number = in.u8();
        const std::uint32_t argument = in.u32();
        sotto_group_wish(number, argument, put(in.bytes(in.u8())), now_);
        break;
      }
      case 1:
        sotto_group_streams(put(in.bytes(in.u8())), now_);
        break;
      case 2: {
        const std::uint32_t kind = in.u8();
        sotto_group_handle(kind, put(in.bytes(in.u8())), ++number_, now_);
        break;
      }
      case 3:
        now_ += in.u16();
        sotto_group_timeout(now_);
        break;
      case 4: {
        const std::uint8_t flags = in.u8();
        put(in.bytes(sizeof(room::Endpoint)));
        sotto_group_log(flags & 1, flags & 4, now_);
        break;
      }
      case 5:
        put(in.bytes(sizeof(room::Endpoint)));
        sotto_group_endpoint_left(now_);
        break;
      case 6:
        put(in.bytes(kX25519KeySize));
        sotto_group_connect_frames();
        break;
      case 7:
        come_back(in.u8());
        break;
      case 8:
        ask(in.u32());
        break;
    }
    drain();
  }

  void check() {
    if (sotto_group_members(now_) < 2) std::abort();
    const ByteView members = output.all();
    if (members[0] != 0 || members[1] > 1) std::abort();
  }

 private:
  // As the service gives to all what one has sent.
  void come_back(std::size_t from_last) {
    if (from_last >= sent_.size()) return;
    const mls::Bytes& message = sent_[sent_.size() - 1 - from_last];
    const std::size_t addressees = message[1] * 256u + message[2];
    mls::Bytes back(sizeof(room::Endpoint));
    back[0] = 1;
    back.insert(
        back.end(),
        message.begin() + static_cast<std::ptrdiff_t>(3 + addressees * sizeof(room::Endpoint)),
        message.end());
    sotto_group_handle(message[0], put(back), ++number_, now_);
  }
  void ask(std::uint32_t leaf) {
    sotto_group_fingerprint(leaf);
    sotto_group_pins();
    sotto_group_agreement();
    sotto_group_epoch();
    sotto_group_next_timeout();
  }
  void drain() {
    while (sotto_group_poll_frames() > 0) {
    }
    while (sotto_group_poll_event() > 0) {
    }
    for (int size = sotto_group_poll_message(); size > 0; size = sotto_group_poll_message()) {
      const ByteView message = output.first(static_cast<std::size_t>(size));
      sent_.emplace_back(message.begin(), message.end());
    }
  }

  sotto::test::SeededRandom random_{1};
  double now_ = 1000;
  double number_ = 0;
  std::vector<mls::Bytes> sent_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  mls::Reader in({data, size});
  Module module;
  if (in.u8() == 0) {
    if (module.create(in.bytes(in.remaining()))) module.start();
    return 0;
  }
  if (!module.create(genuine_config())) std::abort();
  module.start();
  for (int steps = 0; in.ok() && in.remaining() > 0 && steps < 100; ++steps) module.step(in);
  module.check();
  return 0;
}
