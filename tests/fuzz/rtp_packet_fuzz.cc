// fuzz-deps: sotto_bridge_rtp
// A publisher's packet, from the header to the descriptors: whatever is accepted can be forwarded,
// and what is forwarded is accepted again with nothing of the payload changed but descriptor
// fields.
#include <array>
#include <cstdlib>
#include <vector>

#include "rtp/forward_packet.h"
#include "rtp/frame_info.h"
#include "rtp/rtx.h"

namespace {

using namespace sotto;
using namespace sotto::bridge;

ExtensionMap extensions() {
  ExtensionMap map;
  for (std::size_t i = 0; i < kExtensionCount; ++i) {
    map.set(static_cast<Extension>(i), static_cast<std::uint8_t>(i + 1));
  }
  return map;
}

void require(bool condition) {
  if (!condition) std::abort();
}

void forward(const RtpView& view, Codec codec, const ExtensionValues& values) {
  const ExtensionMap map = extensions();
  ForwardRewrite rewrite;
  rewrite.extensions = OutgoingExtensions::end_to_end(values);
  rewrite.extensions.mid = "v0";
  rewrite.extension_map = &map;
  rewrite.frame_number = 1;
  rewrite.descriptor = {1, 2, 3};
  std::vector<std::uint8_t> out(view.bytes().size() + 1024);
  const auto size = write_forwarded(view, codec, rewrite, out);
  require(size.has_value());
  const auto again = RtpView::parse(ByteView(out).first(*size));
  require(again && again->payload().size() == view.payload().size());
  require(ExtensionValues(*again, map).mid() == "v0");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto view = RtpView::parse({data, size});
  if (!view) return 0;
  const ExtensionValues values(*view, extensions());
  DependencyDescriptorParser parser;
  const auto descriptor = parser.parse(values[Extension::kDependencyDescriptor], 1);
  for (Codec codec : {Codec::kOpus, Codec::kVp8, Codec::kVp9, Codec::kH264, Codec::kAv1}) {
    (void)inspect_frame(codec, view->marker(), view->payload(),
                        descriptor ? &*descriptor : nullptr);
    forward(*view, codec, values);
  }
  std::vector<std::uint8_t> out(size + kOsnSize);
  (void)restore_from_rtx(*view, 1, 96, out);
  require(write_rtx(*view, {}, out).has_value());
  return 0;
}
