#include "room/session_event.h"

namespace sotto::room {

std::string_view code_of(SessionError error) {
  switch (error) {
    case SessionError::kLockedOut:
      return "locked-out";
    case SessionError::kMissedCommits:
      return "missed-commits";
    case SessionError::kWelcomeRefused:
      return "welcome-refused";
    case SessionError::kCommitRefused:
      return "commit-refused";
    case SessionError::kNotModerator:
      return "not-moderator";
    case SessionError::kCommitFailed:
      return "commit-failed";
    case SessionError::kCodeSpoilt:
      return "code-spoilt";
    case SessionError::kNotLetBack:
      return "not-let-back";
    case SessionError::kMessageRefused:
      return "message-refused";
  }
  return "unknown";
}

}  // namespace sotto::room
