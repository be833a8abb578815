// What goes out, and when: as much as the room's allowances let pass.
#include <algorithm>
#include <utility>

#include "delivery/delivery.h"

namespace sotto::bridge::delivery {

void Delivery::pump(Time now) {
  pump_handshakes(now);
  pump_admissions(now);
  pump_applications(now);
}

void Delivery::pump_handshakes(Time now) {
  while (auto handshake = handshakes_.pop(now)) {
    set_number(handshake->frame, ordered_.last() + 1);
    handshakes_.spend(handshake->frame.size() * followers_);
    auto frame = std::make_shared<const std::string>(std::move(handshake->frame));
    ordered_.append(now, frame);
    outputs_.push_back({std::move(frame), std::nullopt});
    ++counters_.handshakes;
  }
}

void Delivery::pump_admissions(Time now) {
  while (auto message = admissions_.pop(now)) {
    if (message->kind == FrameKind::kWelcome) {
      deliver_welcome(now, *message);
      continue;
    }
    admissions_.spend(message->frame.size() * followers_);
    outputs_.push_back(
        {std::make_shared<const std::string>(std::move(message->frame)), std::nullopt});
    ++counters_.key_packages;
  }
}

void Delivery::deliver_welcome(Time now, const Queued& welcome) {
  ++counters_.welcomes;
  const auto frame = std::make_shared<const std::string>(welcome.frame);
  std::size_t sent = 0;
  for (const EndpointName& name : welcome.to) {
    const auto found = members_.find(name);
    if (found == members_.end() || !found->second.waits(now)) continue;
    keep_welcome(found->second, welcome.sender, frame);
    if (!found->second.following) continue;
    outputs_.push_back({frame, name});
    sent += frame->size();
  }
  admissions_.spend(sent);
}

void Delivery::keep_welcome(Member& addressee, const EndpointName& sender, SharedFrame frame) {
  auto& mail = addressee.mail;
  // A sender's newer Welcome takes the place of its older one; so nobody alone can push out those
  // of others.
  auto old = std::find_if(mail.begin(), mail.end(),
                          [&](const KeptWelcome& kept) { return kept.sender == sender; });
  if (old == mail.end() && mail.size() >= limits_.welcomes_per_endpoint) old = mail.begin();
  if (old != mail.end()) {
    mail_bytes_ -= old->frame->size();
    shared_.subtract(old->frame->size());
    mail.erase(old);
  }
  if (shared_.over() || mail_bytes_ + frame->size() > limits_.backlog_bytes) return;
  mail_bytes_ += frame->size();
  shared_.add(frame->size());
  mail.push_back({sender, std::move(frame)});
}

// The first one after a silence goes at once; what follows closely waits for the rest of the
// gathering time and shares a frame, so that the presence of hundreds costs few writes.
void Delivery::pump_applications(Time now) {
  if (now < gathered_until_ || applications_.empty()) return;
  std::string frame = application_frame_start();
  bool sent = false;
  const auto send = [&] {
    outputs_.push_back({std::make_shared<const std::string>(std::move(frame)), std::nullopt});
    frame = application_frame_start();
    sent = true;
  };
  while (auto message = applications_.pop(now)) {
    applications_.spend(message->frame.size() * followers_);
    if (frame.size() > 1 && frame.size() + message->frame.size() > limits_.gathered_bytes) send();
    frame += message->frame;
    ++counters_.applications;
  }
  if (frame.size() > 1) send();
  if (sent) gathered_until_ = now + limits_.gathering;
}

}  // namespace sotto::bridge::delivery
