// The real sotto-bridge, as a process of its own on free ports of this machine.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sotto::test {

class BridgeProcess {
 public:
  // Adds free ports and, unless `arguments` names a host, 127.0.0.1.
  explicit BridgeProcess(std::vector<std::string> arguments = {});
  // As given, nothing added.
  static BridgeProcess exactly(std::vector<std::string> arguments);
  ~BridgeProcess();  // SIGKILL, if it still runs
  BridgeProcess(BridgeProcess&& other) noexcept;

  // Waits for its `listening` line; false when it ended or said nothing for 10 s.
  bool listening();
  std::uint16_t port() const { return port_; }
  std::uint16_t media_port() const { return media_port_; }

  void signal(int number) const;
  bool alive();
  // Its exit status; nothing when it is still there after `limit`, 128 + N when signal N ended it.
  std::optional<int> wait(std::chrono::milliseconds limit);

  std::string log() const;     // all of standard error until now
  std::string output() const;  // all of standard output until now
  std::size_t resident_kib() const;
  std::string health() const;  // GET /healthz: the body, or "" when it does not answer 200

 private:
  BridgeProcess(std::vector<std::string> arguments, bool);
  void spawn(const std::vector<std::string>& arguments);

  pid_t pid_ = -1;
  std::optional<int> status_;
  std::string folder_;
  std::uint16_t port_ = 0;
  std::uint16_t media_port_ = 0;
};

}  // namespace sotto::test
