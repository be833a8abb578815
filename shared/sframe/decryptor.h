// The receiving half of one KID.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/bytes.h"
#include "base/result.h"
#include "sframe/context.h"
#include "sframe/replay_window.h"

namespace sotto {

class Decryptor {
 public:
  explicit Decryptor(Context&& context, const ReplayWindow& window = {})
      : context_(std::move(context)), window_(window) {}

  // See Context::decrypt. kReplayed for a CTR seen before, kTooOld behind the replay window; only
  // an authenticated frame is remembered.
  Result<std::size_t> decrypt(const Header& header, std::size_t header_size, ByteView metadata,
                              ByteView sframe, MutableBytes out);

  const ReplayWindow& window() const { return window_; }
  std::uint64_t kid() const { return context_.kid(); }

 private:
  Context context_;
  ReplayWindow window_;
};

}  // namespace sotto
