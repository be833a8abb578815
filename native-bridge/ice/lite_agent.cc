#include "ice/lite_agent.h"

#include <algorithm>
#include <utility>

#include "ice/check_response.h"

namespace sotto::bridge {
namespace {

// The local part of "local:remote" (RFC 8445 section 7.2.2).
std::optional<std::string_view> local_part(const stun::Message& request) {
  if (!request.username) return std::nullopt;
  const std::size_t colon = request.username->find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  return request.username->substr(0, colon);
}

}  // namespace

LiteAgent::LiteAgent(RandomSource& random)
    : random_(random), active_(IceParameters::generate(random)) {}

bool LiteAgent::answers_to(std::string_view ufrag) const {
  return ufrag == active_.ufrag || (pending_ && ufrag == pending_->ufrag);
}

void LiteAgent::prepare_restart() {
  pending_ = IceParameters::generate(random_);
}

void LiteAgent::handle_datagram(Time now, const Path& path, ByteView datagram, DatagramQueue& out) {
  const auto request = stun::Message::parse(datagram);
  // Indications want no answer, and responses answer nothing that was asked.
  if (!request || request->type != stun::kBindingRequest) return;
  if (request->carries_fingerprint() && !request->has_fingerprint()) return;

  if (!request->username || !request->carries_integrity()) {
    return refuse_unauthenticated(path, *request, 400, out);
  }
  const auto ufrag = local_part(*request);
  const bool restarted = pending_ && ufrag == pending_->ufrag;
  const IceParameters& local = restarted ? *pending_ : active_;
  if (ufrag != local.ufrag || !request->has_integrity(local.pwd)) {
    return refuse_unauthenticated(path, *request, 401, out);
  }
  if (request->unknown_required) {
    return refuse_unknown_attribute(path, *request, local.pwd, out);
  }
  answer_check(path, *request, local.pwd, out);
  if (is_repeated(request->transaction)) return;
  if (restarted) {
    active_ = *std::exchange(pending_, std::nullopt);
    paths_.clear();
    selected_.reset();
  }
  handle_valid_check(now, path, *request);
}

void LiteAgent::handle_valid_check(Time now, const Path& path, const stun::Message& request) {
  touch(now, path);
  // A peer in the controlled role has no say in the nomination; against a lite agent it is wrong
  // to take that role (RFC 8445 section 6.1.1), and role repair is for full agents.
  const bool nominated = request.use_candidate && !request.controlled;
  if (nominated || !selected_ || now >= consent_until_) selected_ = path;
  if (selected_ == path) consent_until_ = now + kConsentLifetime;
}

bool LiteAgent::is_repeated(const stun::TransactionId& transaction) {
  const auto known = recent_.begin() + std::min(recent_count_, recent_.size());
  if (std::find(recent_.begin(), known, transaction) != known) return true;
  recent_[recent_count_++ % recent_.size()] = transaction;
  return false;
}

void LiteAgent::touch(Time now, const Path& path) {
  const auto known = std::find_if(paths_.begin(), paths_.end(),
                                  [&](const ValidPath& valid) { return valid.path == path; });
  if (known != paths_.end()) {
    known->last_check = now;
    return;
  }
  if (paths_.size() == kMaxPaths) {
    // Give up the path that has been silent longest, but never the one that carries media.
    const auto oldest =
        std::min_element(paths_.begin(), paths_.end(), [&](const ValidPath& a, const ValidPath& b) {
          return (a.path == selected_) < (b.path == selected_) ||
                 ((a.path == selected_) == (b.path == selected_) && a.last_check < b.last_check);
        });
    paths_.erase(oldest);
  }
  paths_.push_back({path, now});
}

void LiteAgent::select_freshest() {
  selected_.reset();
  const auto freshest = std::max_element(
      paths_.begin(), paths_.end(),
      [](const ValidPath& a, const ValidPath& b) { return a.last_check < b.last_check; });
  if (freshest == paths_.end()) return;
  selected_ = freshest->path;
  consent_until_ = freshest->last_check + kConsentLifetime;
}

void LiteAgent::handle_timeout(Time now) {
  if (!selected_ || now < consent_until_) return;
  select_freshest();
  if (now >= consent_until_) selected_.reset();
}

Time LiteAgent::next_timeout() const {
  return selected_ ? consent_until_ : Time::max();
}

void LiteAgent::forget(const Path& path) {
  std::erase_if(paths_, [&](const ValidPath& valid) { return valid.path == path; });
  if (selected_ == path) select_freshest();
}

bool LiteAgent::is_valid(const Path& path) const {
  return std::any_of(paths_.begin(), paths_.end(),
                     [&](const ValidPath& valid) { return valid.path == path; });
}

const Path* LiteAgent::selected_path() const {
  return selected_ ? &*selected_ : nullptr;
}

}  // namespace sotto::bridge
