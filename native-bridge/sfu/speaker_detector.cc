#include "sfu/speaker_detector.h"

#include <algorithm>

namespace sotto::bridge {
namespace {

constexpr int kScale = 16;
constexpr int kSmoothing = 8;  // packets, about 160 ms

}  // namespace

SpeakerDetector::Voice* SpeakerDetector::find(EndpointIndex endpoint) {
  for (Voice& voice : voices_) {
    if (voice.endpoint == endpoint) return &voice;
  }
  return nullptr;
}

void SpeakerDetector::on_level(Time now, EndpointIndex endpoint, AudioLevel level) {
  Voice* voice = find(endpoint);
  if (!voice) {
    if (level.level > kSpeechLevel) return;
    voice = &voices_.emplace_back(Voice{.endpoint = endpoint});
  }
  const int loudness = (127 - level.level) * kScale;
  voice->loudness += (loudness - voice->loudness) / kSmoothing;
  if (level.level <= kSpeechLevel) voice->last_speech = now;
  if (next_ == Time::max()) next_ = now + kInterval;
}

bool SpeakerDetector::remove(EndpointIndex endpoint) {
  std::erase_if(voices_, [endpoint](const Voice& voice) { return voice.endpoint == endpoint; });
  return std::erase(speakers_, endpoint) > 0;
}

bool SpeakerDetector::handle_timeout(Time now) {
  if (now < next_) return false;
  bool changed = update_members(now);
  if (update_dominant(now)) changed = true;
  next_ = voices_.empty() ? Time::max() : now + kInterval;
  return changed;
}

bool SpeakerDetector::update_members(Time now) {
  bool changed = false;
  for (Voice& voice : voices_) {
    const bool silent = now - voice.last_speech > kHold;
    // A cough is not speech: the smoothed level has to reach it too.
    const bool loud = voice.loudness >= (127 - kSpeechLevel) * kScale * 3 / 4;
    if (silent && voice.listed) std::erase(speakers_, voice.endpoint);
    if (!silent && loud && !voice.listed) speakers_.push_back(voice.endpoint);
    const bool listed = !silent && (voice.listed || loud);
    changed |= listed != voice.listed;
    voice.listed = listed;
  }
  std::erase_if(voices_, [now](const Voice& voice) { return now - voice.last_speech > kHold; });
  return changed;
}

bool SpeakerDetector::update_dominant(Time now) {
  if (speakers_.size() < 2) return false;
  const Voice* first = find(speakers_.front());
  if (!first) return false;
  const int floor = first->loudness + kMargin * kScale;
  Voice* next = nullptr;
  for (Voice& voice : voices_) {
    const bool louder = voice.listed && voice.loudness > floor;
    if (louder && !voice.louder) voice.louder_since = now;
    voice.louder = louder;
    if (!louder || now - voice.louder_since < kPatience) continue;
    if (!next || voice.loudness > next->loudness) next = &voice;
  }
  if (!next) return false;
  const EndpointIndex dominant = next->endpoint;
  std::erase(speakers_, dominant);
  speakers_.insert(speakers_.begin(), dominant);
  for (Voice& voice : voices_) voice.louder = false;
  return true;
}

}  // namespace sotto::bridge
