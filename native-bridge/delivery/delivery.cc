#include "delivery/delivery.h"

#include <algorithm>
#include <utility>

namespace sotto::bridge::delivery {
namespace {

Allowance room_allowance(const DeliveryLimits& limits, Time now) {
  return {limits.room_bytes_per_second, limits.room_bytes_per_second * limits.room_burst_seconds,
          now};
}

}  // namespace

Delivery::Delivery(const DeliveryLimits& limits, SharedBytes& shared, const LogId& log, Time now)
    : limits_(limits),
      shared_(shared),
      log_id_(log),
      ordered_(limits, shared),
      handshakes_(room_allowance(limits, now), limits.waiting_messages * limits.handshake_bytes,
                  shared),
      admissions_(room_allowance(limits, now), limits.waiting_messages * limits.welcome_bytes,
                  shared),
      applications_(room_allowance(limits, now), limits.waiting_messages * limits.application_bytes,
                    shared) {}

Delivery::~Delivery() {
  shared_.subtract(mail_bytes_);
}

Member& Delivery::member(Time now, const EndpointName& endpoint) {
  return members_.try_emplace(endpoint, limits_, now).first->second;
}

bool Delivery::submit(Time now, const EndpointName& sender, const ClientFrame& frame) {
  if (!afford(now, member(now, sender), frame.kind, frame.content.size())) return false;
  bool taken = false;
  switch (frame.kind) {
    case FrameKind::kHandshake:
      taken = handshakes_.push(
          {sender, frame.kind, handshake_frame(sender, frame.id, frame.content), {}});
      break;
    case FrameKind::kKeyPackage:
      taken = take_key_package(now, sender, frame);
      break;
    case FrameKind::kWelcome:
      taken =
          admissions_.push({sender, frame.kind, welcome_frame(sender, frame.content), frame.to});
      break;
    case FrameKind::kApplication:
      taken = applications_.push(
          {sender, frame.kind, application_record(sender, frame.id, frame.content), {}});
      break;
  }
  if (!taken) ++counters_.refused;
  pump(now);
  return taken;
}

bool Delivery::afford(Time now, Member& sender, FrameKind kind, std::size_t bytes) {
  const bool application = kind == FrameKind::kApplication;
  Allowance& count = application ? sender.applications : sender.handshakes;
  Allowance& size = application                     ? sender.application_bytes
                    : kind == FrameKind::kHandshake ? sender.handshake_bytes
                                                    : sender.admission_bytes;
  // Both are asked, so that both are filled.
  const bool count_ready = count.ready(now);
  if (!size.ready(now) || !count_ready) {
    ++counters_.refused;
    return false;
  }
  count.spend(1);
  size.spend(static_cast<double>(bytes));
  return true;
}

bool Delivery::take_key_package(Time now, const EndpointName& sender, const ClientFrame& frame) {
  Member& joiner = member(now, sender);
  if (frame.content.empty()) {
    // Whoever has it would take its owner for somebody who still waits.
    if (joiner.waits(now)) {
      (void)admissions_.push({sender, frame.kind, key_package_frame(sender, {}), {}});
    }
    joiner.key_package = nullptr;
    empty_mail(joiner);
    return true;
  }
  std::string announced = key_package_frame(sender, frame.content);
  if (!admissions_.push({sender, frame.kind, announced, {}})) return false;
  // Welcomes for an earlier key package are of no use to a joiner that has made a new one.
  empty_mail(joiner);
  joiner.key_package = std::make_shared<const std::string>(std::move(announced));
  joiner.key_package_until = now + limits_.key_package_age;
  next_expiry_ = std::min(next_expiry_, joiner.key_package_until);
  return true;
}

Delivery::Position Delivery::follow(Time now, const EndpointName& endpoint,
                                    const std::optional<Had>& had) {
  expire(now);
  Member& follower = member(now, endpoint);
  if (!follower.following) ++followers_;
  follower.following = true;

  Position position{ordered_.last(), true};
  if (had) {
    position.complete = had->log == log_id_ && ordered_.complete_after(had->after);
    if (position.complete) {
      for (SharedFrame& frame : ordered_.frames_after(had->after)) {
        outputs_.push_back({std::move(frame), endpoint});
      }
    }
  }
  for (const KeptWelcome& welcome : follower.mail) outputs_.push_back({welcome.frame, endpoint});
  for (const auto& [name, other] : members_) {
    if (name != endpoint && other.waits(now)) outputs_.push_back({other.key_package, endpoint});
  }
  return position;
}

void Delivery::unfollow(const EndpointName& endpoint) {
  const auto found = members_.find(endpoint);
  if (found == members_.end() || !found->second.following) return;
  found->second.following = false;
  --followers_;
}

void Delivery::leave(const EndpointName& endpoint) {
  const auto found = members_.find(endpoint);
  if (found == members_.end()) return;
  unfollow(endpoint);
  empty_mail(found->second);
  members_.erase(found);
}

void Delivery::empty_mail(Member& member) {
  for (const KeptWelcome& welcome : member.mail) {
    mail_bytes_ -= welcome.frame->size();
    shared_.subtract(welcome.frame->size());
  }
  std::vector<KeptWelcome>().swap(member.mail);
}

void Delivery::expire(Time now) {
  ordered_.expire(now);
  if (now < next_expiry_) return;
  next_expiry_ = Time::max();
  for (auto& [name, member] : members_) {
    if (!member.key_package) continue;
    if (member.waits(now)) {
      next_expiry_ = std::min(next_expiry_, member.key_package_until);
    } else {
      member.key_package = nullptr;
      empty_mail(member);
    }
  }
}

void Delivery::handle_timeout(Time now) {
  expire(now);
  pump(now);
}

Time Delivery::next_timeout() const {
  const Time applications =
      applications_.empty() ? Time::max() : std::max(applications_.next_timeout(), gathered_until_);
  return std::min({ordered_.next_expiry(), next_expiry_, handshakes_.next_timeout(),
                   admissions_.next_timeout(), applications});
}

std::optional<Delivery::Output> Delivery::poll_output() {
  if (outputs_.empty()) return std::nullopt;
  std::optional<Output> first(std::move(outputs_.front()));
  outputs_.pop_front();
  if (outputs_.empty()) std::deque<Output>().swap(outputs_);
  return first;
}

}  // namespace sotto::bridge::delivery
