#include "compat/iv_window.h"

#include <algorithm>

namespace sotto {
namespace {

// The number nearest to `reference` that ends in these 32 bits.
std::int64_t extend(std::int64_t reference, std::uint32_t timestamp) {
  const auto difference =
      static_cast<std::int32_t>(timestamp - static_cast<std::uint32_t>(reference));
  return reference + difference;
}

}  // namespace

IvWindow::Stream* IvWindow::find(bool video, std::uint32_t ssrc) const {
  for (const auto& stream : streams_) {
    if (stream->ssrc == ssrc && stream->video == video) return stream.get();
  }
  return nullptr;
}

Result<void> IvWindow::check(bool video, const Iv& iv) const {
  const Stream* stream = find(video, iv.ssrc);
  if (stream == nullptr) return {};
  const std::int64_t timestamp = extend(stream->highest, iv.timestamp);
  if (timestamp > stream->highest) return {};
  if (timestamp < stream->floor) return fail(Error::kTooOld);
  const std::size_t kept = std::min(stream->count, kFrames);
  for (std::size_t i = 0; i < kept; ++i) {
    const Seen& seen = stream->seen[i];
    if (seen.timestamp == timestamp && seen.last_word == iv.last_word) {
      return fail(Error::kReplayed);
    }
  }
  return {};
}

void IvWindow::commit(bool video, const Iv& iv) {
  Stream* stream = find(video, iv.ssrc);
  if (stream == nullptr) {
    stream = &make_room();
    stream->ssrc = iv.ssrc;
    stream->video = video;
    stream->highest = iv.timestamp;
    stream->floor = stream->highest - kTicks;
  }
  const std::int64_t timestamp = extend(stream->highest, iv.timestamp);
  Seen& place = stream->seen[stream->count % kFrames];
  // What is forgotten must not come again.
  if (stream->count >= kFrames) stream->floor = std::max(stream->floor, place.timestamp + 1);
  place = {.timestamp = timestamp, .last_word = iv.last_word};
  ++stream->count;
  stream->highest = std::max(stream->highest, timestamp);
  stream->floor = std::max(stream->floor, stream->highest - kTicks);
  stream->last_use = ++uses_;
}

IvWindow::Stream& IvWindow::make_room() {
  if (streams_.size() < kStreams) {
    streams_.push_back(std::make_unique<Stream>());
    return *streams_.back();
  }
  auto oldest =
      std::min_element(streams_.begin(), streams_.end(),
                       [](const auto& a, const auto& b) { return a->last_use < b->last_use; });
  **oldest = Stream{};
  return **oldest;
}

}  // namespace sotto
