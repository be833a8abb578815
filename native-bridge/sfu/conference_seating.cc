// Who is in the conference and who sits in whose seats.
#include <algorithm>

#include "sfu/conference_impl.h"

namespace sotto::bridge {
namespace {

// A receiver that says what it shows gets the rest small.
constexpr std::uint32_t kUnlistedHeight = 180;
constexpr std::uint32_t kFullHeight = UINT32_MAX;
constexpr std::size_t kMostSeats = 64;
constexpr EndpointIndex kNobody{UINT32_MAX};

}  // namespace

Conference::Impl::Impl(const ConferenceLimits& limits, RandomSource& random)
    : limits_(limits), random_(random) {
  limits_.seats = std::min(limits_.seats, kMostSeats);
}

std::optional<EndpointIndex> Conference::Impl::add_endpoint() {
  if (endpoint_count >= limits_.endpoints) return std::nullopt;
  std::size_t index = endpoints_.size();
  if (free_.empty()) {
    endpoints_.emplace_back();
  } else {
    index = free_.back();
    free_.pop_back();
  }
  const auto id = static_cast<EndpointIndex>(index);
  endpoints_[index] = std::make_unique<Endpoint>(id, random_.u32(), random_, deadlines_);
  ++endpoint_count;
  // Seats for those who publish already; and for whoever is alone too, so that its connection is
  // up when the next one comes.
  const std::size_t groups = std::max<std::size_t>(order_.keys().size(), 1);
  const std::size_t seats = seats_needed(groups, limits_.seats);
  if (endpoint(id).subscriber.grow(seats)) events.push_back(SeatsNeeded{id, seats});
  return id;
}

void Conference::Impl::remove_endpoint(Time now, EndpointIndex index) {
  Endpoint& leaving = endpoint(index);
  for (std::size_t i = 0; i < leaving.subscriber.seat_count(); ++i) {
    leaving.subscriber.place(i, std::nullopt, nullptr, nullptr);
  }
  for (const auto& track : leaving.publisher.tracks()) drop_track(*track);
  const bool published = !leaving.publisher.tracks().empty();
  order_.remove({index, Group::kCamera});
  order_.remove({index, Group::kScreen});
  const bool spoke = speakers.remove(index);
  endpoints_[slot(index)].reset();
  for (const auto& other : endpoints_) {  // the index will be somebody else's
    if (other) std::erase_if(other->wants, [index](const Want& w) { return w.endpoint == index; });
  }
  free_.push_back(slot(index));
  deadlines_.set(slot(index), Time::max());
  --endpoint_count;
  if (published) reseat_all(now, index);
  if (spoke) events.push_back(SpeakersChanged{speakers.speakers()});
}

void Conference::Impl::drop_track(Track& track) {
  for (const SeatRef& ref : track.subscribers) {
    endpoint(ref.endpoint).subscriber.forget_track(ref.seat, track);
  }
  track.subscribers.clear();
}

void Conference::Impl::set_published(Time now, EndpointIndex index,
                                     std::span<const PublishedTrack> tracks) {
  Publisher& publisher = endpoint(index).publisher;
  const auto stays = [tracks](const Track& track) {
    return std::any_of(tracks.begin(), tracks.end(), [&track](const PublishedTrack& next) {
      return next.id == track.id() && next.source == track.source();
    });
  };
  std::vector<TrackId> ended;
  for (const auto& track : publisher.tracks()) {
    if (!stays(*track)) ended.push_back(track->id());
  }
  for (const TrackId id : ended) {
    drop_track(*publisher.find(id));
    publisher.erase(id);
  }
  for (const PublishedTrack& track : tracks) {
    const Track* same = publisher.find(track.source);
    if (!same || same->id() == track.id) publisher.put(track);
  }
  update_order(index);
  reseat_all(now, index);
}

bool Conference::Impl::set_paused(EndpointIndex index, TrackId id, bool paused) {
  Track* track = endpoint(index).publisher.find(id);
  if (!track) return false;
  track->paused = paused;
  return true;
}

void Conference::Impl::set_seats_negotiated(Time now, EndpointIndex index, std::size_t count,
                                            const SubscribeParameters& parameters) {
  endpoint(index).subscriber.set_negotiated(count, parameters);
  reseat(now, index, index);
}

void Conference::Impl::set_wants(Time now, EndpointIndex index, std::span<const Want> wants) {
  Endpoint& self = endpoint(index);
  wants = wants.first(std::min(wants.size(), limits_.wants));
  self.wants.assign(wants.begin(), wants.end());
  self.has_wants = true;
  reseat(now, index, index);
}

void Conference::Impl::set_connected(Time now, EndpointIndex index, Connection connection,
                                     bool connected) {
  if (connection != Connection::kSubscribe) return;
  endpoint(index).subscriber.set_connected(connected);
  endpoint(index).subscriber.select_layers(now);
}

bool Conference::Impl::has_group(GroupKey key) const {
  const std::size_t index = slot(key.endpoint);
  if (index >= endpoints_.size() || !endpoints_[index]) return false;
  const auto& tracks = endpoints_[index]->publisher.tracks();
  return std::any_of(tracks.begin(), tracks.end(), [key](const auto& track) {
    return group_of(track->source()) == key.group;
  });
}

void Conference::Impl::update_order(EndpointIndex index) {
  for (const Group group : {Group::kCamera, Group::kScreen}) {
    if (has_group({index, group})) {
      order_.add({index, group});
    } else {
      order_.remove({index, group});
    }
  }
}

std::optional<Occupant> Conference::Impl::occupant(std::optional<GroupKey> key) const {
  if (!key) return std::nullopt;
  const Publisher& publisher = endpoint(key->endpoint).publisher;
  const bool camera = key->group == Group::kCamera;
  Occupant occupant{.endpoint = key->endpoint, .group = key->group, .audio = {}, .video = {}};
  if (Track* audio = publisher.find(camera ? Source::kMicrophone : Source::kScreenAudio)) {
    occupant.audio = audio->id();
  }
  if (Track* video = publisher.find(camera ? Source::kCamera : Source::kScreen)) {
    occupant.video = video->id();
  }
  return occupant;
}

void Conference::Impl::choose(EndpointIndex index) {
  const Endpoint& self = endpoint(index);
  wanted_.clear();
  for (const Want& want : self.wants) {
    const GroupKey key{want.endpoint, want.group};
    if (has_group(key)) wanted_.push_back(key);
  }
  choose_groups(index, wanted_, order_, self.subscriber.negotiated(), chosen_);
}

void Conference::Impl::place(EndpointIndex index) {
  Endpoint& self = endpoint(index);
  placed_.assign(self.subscriber.negotiated(), std::nullopt);
  for (std::size_t i = 0; i < placed_.size(); ++i) placed_[i] = self.subscriber.seat(i).key();
  fill_seats(self.chosen, placed_);
  SeatsChanged changed{.endpoint = index, .seats = {}};
  for (std::size_t i = 0; i < placed_.size(); ++i) {
    const std::optional<Occupant> next = occupant(placed_[i]);
    Track* audio = nullptr;
    Track* video = nullptr;
    if (next) {
      const Publisher& publisher = endpoint(next->endpoint).publisher;
      if (next->audio) audio = publisher.find(*next->audio);
      if (next->video) video = publisher.find(*next->video);
    }
    const bool same = self.subscriber.seat(i).occupant == next;
    // The tracks' codecs may have changed though nobody moved.
    self.subscriber.place(i, next, audio, video);
    if (!same) changed.seats.push_back({static_cast<std::uint32_t>(i), next});
  }
  if (!changed.seats.empty()) events.push_back(std::move(changed));
}

void Conference::Impl::reseat(Time now, EndpointIndex index, EndpointIndex changed) {
  Endpoint& self = endpoint(index);
  const std::size_t own = has_group({index, Group::kCamera}) + has_group({index, Group::kScreen});
  const std::size_t needed = seats_needed(order_.keys().size() - own, limits_.seats);
  if (self.subscriber.grow(needed)) events.push_back(SeatsNeeded{index, needed});
  choose(index);
  const auto concerns = [changed](GroupKey key) { return key.endpoint == changed; };
  if (changed != index && chosen_ == self.chosen &&
      std::none_of(chosen_.begin(), chosen_.end(), concerns)) {
    return;
  }
  self.chosen = chosen_;
  place(index);
  apply_heights(index);
  self.subscriber.select_layers(now);
}

std::uint32_t Conference::Impl::wanted_height(const Endpoint& self, GroupKey key) const {
  for (const Want& want : self.wants) {
    if (want.endpoint == key.endpoint && want.group == key.group) return want.height;
  }
  return self.has_wants ? kUnlistedHeight : kFullHeight;
}

void Conference::Impl::apply_heights(EndpointIndex index) {
  Endpoint& self = endpoint(index);
  std::vector<std::uint32_t> priority;
  for (const GroupKey& key : self.chosen) {
    const auto at = std::find(placed_.begin(), placed_.end(), key);
    if (at == placed_.end()) continue;
    const auto seat = static_cast<std::uint32_t>(at - placed_.begin());
    self.subscriber.seat(seat).height = wanted_height(self, key);
    priority.push_back(seat);
  }
  self.subscriber.set_priority(std::move(priority));
}

void Conference::Impl::reseat_all(Time now, EndpointIndex changed) {
  for (std::size_t i = 0; i < endpoints_.size(); ++i) {
    const auto index = static_cast<EndpointIndex>(i);
    if (endpoints_[i]) reseat(now, index, changed);
  }
}

void Conference::Impl::on_speakers(Time now) {
  const auto& list = speakers.speakers();
  events.push_back(SpeakersChanged{list});
  for (std::size_t i = list.size(); i-- > 0;) order_.on_speech(list[i]);
  // While everybody is seated nobody has to move.
  if (order_.keys().size() > limits_.seats) reseat_all(now, kNobody);
}

std::vector<SeatView> Conference::Impl::seat_views(EndpointIndex index) const {
  const Subscriber& subscriber = endpoint(index).subscriber;
  std::vector<SeatView> views;
  for (std::size_t i = 0; i < subscriber.negotiated(); ++i) {
    views.push_back({static_cast<std::uint32_t>(i), subscriber.seat(i).occupant});
  }
  return views;
}

}  // namespace sotto::bridge
