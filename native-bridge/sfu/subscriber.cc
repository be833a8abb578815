#include "sfu/subscriber.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/base64url.h"

namespace sotto::bridge {
namespace {

std::string random_text(RandomSource& random) {
  std::array<std::uint8_t, 12> bytes;
  random.fill(bytes);
  return to_base64url(bytes);
}

}  // namespace

bool Subscriber::grow(std::size_t count) {
  if (count <= seats_.size()) return false;
  const auto fresh_ssrc = [this] {
    for (;;) {
      const std::uint32_t ssrc = random_.u32();
      const auto uses = [ssrc](const SeatStreams& s) {
        return s.audio_ssrc == ssrc || s.video_ssrc == ssrc || s.video_rtx_ssrc == ssrc;
      };
      if (ssrc != 0 && std::none_of(streams_.begin(), streams_.end(), uses)) return ssrc;
    }
  };
  while (seats_.size() < count) {
    seats_.push_back(std::make_unique<Seat>(random_));
    SeatStreams streams;
    streams.seat = static_cast<std::uint32_t>(streams_.size());
    const std::string number = std::to_string(streams.seat);
    streams.cname = random_text(random_);
    streams.stream_id = "s" + number;
    streams.audio_mid = "a" + number;
    streams.video_mid = "v" + number;
    streams.audio_ssrc = fresh_ssrc();
    do {
      streams.video_ssrc = fresh_ssrc();
      streams.video_rtx_ssrc = fresh_ssrc();
    } while (streams.video_ssrc == streams.audio_ssrc ||
             streams.video_rtx_ssrc == streams.audio_ssrc ||
             streams.video_rtx_ssrc == streams.video_ssrc);
    streams_.push_back(std::move(streams));
  }
  demands_.reserve(seats_.size());
  return true;
}

void Subscriber::set_negotiated(std::size_t count, const SubscribeParameters& parameters) {
  negotiated_ = std::min(count, seats_.size());
  audio_codecs_ = known_codecs(parameters.audio.codecs, MediaKind::kAudio);
  video_codecs_ = known_codecs(parameters.video.codecs, MediaKind::kVideo);
  audio_extensions_ = known_extensions(parameters.audio.extensions);
  video_extensions_ = known_extensions(parameters.video.extensions);
  for (const auto& seat : seats_) match(*seat);
}

void Subscriber::match(Seat& seat) {
  if (seat.audio) seat.audio_payloads = match_codecs(*seat.audio, audio_codecs_);
  if (seat.video) seat.video_payloads = match_codecs(*seat.video, video_codecs_);
}

void Subscriber::set_connected(bool connected) {
  connected_ = connected;
  if (connected) return;
  for (const auto& seat : seats_) {
    seat->audio_forwarder.detach();
    seat->video_forwarder.detach();
  }
  report_at_ = Time::max();
}

void Subscriber::place(std::size_t index, std::optional<Occupant> occupant, Track* audio,
                       Track* video) {
  Seat& seat = *seats_[index];
  const SeatRef self{owner_, static_cast<std::uint32_t>(index)};
  const auto change = [self](Track*& old, Track* next, auto& forwarder) {
    if (old == next) return;
    if (old) std::erase(old->subscribers, self);
    if (next) next->subscribers.push_back(self);
    old = next;
    forwarder.detach();
  };
  change(seat.audio, audio, seat.audio_forwarder);
  change(seat.video, video, seat.video_forwarder);
  seat.occupant = occupant;
  match(seat);
}

void Subscriber::forget_track(std::size_t index, const Track& track) {
  Seat& seat = *seats_[index];
  if (seat.audio == &track) {
    seat.audio = nullptr;
    seat.audio_forwarder.detach();
  }
  if (seat.video == &track) {
    seat.video = nullptr;
    seat.video_forwarder.detach();
  }
}

std::uint64_t Subscriber::collect_demands(Time now) {
  demands_.clear();
  std::uint64_t flowing = 0;
  for (const std::uint32_t index : priority_) {
    Seat& seat = *seats_[index];
    if (!seat.video) continue;
    if (seat.height == 0) {
      seat.video_forwarder.set_target(now, std::nullopt);
      continue;
    }
    VideoDemand demand{
        .seat = index, .ranked = rank_layers(*seat.video), .current = {}, .granted = {}};
    // Nobody sends now: what flowed may go on later without a key frame.
    if (demand.ranked.count == 0) continue;
    demand.desired = demand.ranked.rank_for(seat.height);
    if (auto current = seat.video_forwarder.current()) {
      const std::size_t rank = demand.ranked.rank_of(*current);
      if (rank < demand.ranked.count) {
        demand.current = rank;
        flowing += demand.ranked.bits_per_second[rank];
      }
    }
    demands_.push_back(demand);
  }
  return flowing;
}

void Subscriber::select_layers(Time now) {
  if (!connected_) return;
  const std::uint64_t flowing = collect_demands(now);
  // Browsers estimate for video alone: audio is neither in the limit nor in what flows.
  if (allocate_layers(budget_.limit(), budget_.congested(now), demands_)) {
    const auto loses = [](const VideoDemand& demand) {
      return demand.current && *demand.current <= demand.desired &&
             (!demand.granted || *demand.granted < *demand.current);
    };
    if (std::any_of(demands_.begin(), demands_.end(), loses)) {
      budget_.on_reduction(now);
    } else if (budget_.may_try(now, flowing)) {
      raise_one(demands_);
      budget_.on_try(now, granted_cost(demands_));
    }
  }
  for (const VideoDemand& demand : demands_) {
    std::optional<std::uint8_t> layer;
    if (demand.granted) layer = demand.ranked.layers[*demand.granted];
    apply(now, *seats_[demand.seat], layer);
  }
}

void Subscriber::apply(Time now, Seat& seat, std::optional<std::uint8_t> layer) {
  seat.video_forwarder.set_target(now, layer);
  if (!seat.video_forwarder.waiting()) return;
  request_key_frame(now, seat);
  report_soon(now, kReportInterval);  // and again then, should none have come
}

void Subscriber::request_key_frame(Time now, const Seat& seat) {
  if (!seat.video) return;
  auto layer = seat.video_forwarder.target();
  if (!layer) layer = seat.video_forwarder.current();
  if (!layer || *layer >= seat.video->layer_count()) return;
  KeyframeThrottle& throttle = seat.video->layer(*layer).keyframe;
  throttle.request(now);
  if (auto at = throttle.next_timeout()) deadlines_.at_most(slot(seat.video->owner()), *at);
}

void Subscriber::report_soon(Time now, Duration delay) {
  if (now + delay >= report_at_) return;
  report_at_ = now + delay;
  deadlines_.at_most(slot(owner_), report_at_);
}

}  // namespace sotto::bridge
