// fuzz-deps: sotto_bridge_delivery
// A client's binary frame, and what the delivery service makes of it with two who follow: nothing
// is kept or sent beyond a small multiple of what came.
#include <cstdint>
#include <cstdlib>

#include "delivery/delivery.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sotto::bridge::delivery;
  const DeliveryLimits limits;
  constexpr std::size_t kMost = 500;
  const auto parsed = parse_frame({data, size}, limits, kMost);
  const auto* frame = std::get_if<ClientFrame>(&parsed);
  if (!frame) return 0;
  if (frame->content.size() > size || frame->to.size() * 16 > size) std::abort();
  if (frame->to.empty() != (frame->kind != FrameKind::kWelcome)) std::abort();
  for (std::size_t i = 1; i < frame->to.size(); ++i) {
    if (frame->to[i - 1] >= frame->to[i]) std::abort();
  }

  const auto now = sotto::from_microseconds(1'000'000);
  SharedBytes shared(limits.backlog_bytes_of_all);
  {
    Delivery delivery(limits, shared, LogId{}, now);
    const EndpointName sender{1};
    const EndpointName joiner = frame->to.empty() ? EndpointName{2} : frame->to.front();
    delivery.follow(now, sender, std::nullopt);
    delivery.follow(now, joiner, std::nullopt);
    const std::uint8_t key_package[] = {1};
    delivery.submit(now, joiner, {FrameKind::kKeyPackage, 1, {}, key_package});
    delivery.submit(now, sender, *frame);
    while (const auto output = delivery.poll_output()) {
      if (output->frame->size() > size + 64) std::abort();
    }
    if (shared.used() > size + 64) std::abort();
    delivery.leave(sender);
    delivery.leave(joiner);
    delivery.handle_timeout(delivery.next_timeout());
  }
  if (shared.used() != 0) std::abort();
  return 0;
}
