#include "ops/run.h"

#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <cstdlib>
#include <functional>
#include <iostream>

#include "net/loop.h"
#include "ops/help.h"
#include "ops/load_config.h"
#include "ops/log.h"

namespace sotto::bridge {
namespace {

constexpr int kCannotStart = 2;

std::optional<std::string> environment(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  if (!value) return {};
  return value;
}

int print(Printout printout) {
  switch (printout) {
    case Printout::kHelp:
      std::cout << help_text();
      break;
    case Printout::kVersion:
      std::cout << version_text();
      break;
    case Printout::kMarkdown:
      std::cout << options_markdown();
      break;
  }
  return 0;
}

int refuse(const std::string& why) {
  std::cerr << "sotto-bridge: " << why << "\n";
  return kCannotStart;
}

using Fields = std::vector<std::pair<std::string_view, std::string>>;

void log_info(Log& log, std::string_view name, Fields fields = {}) {
  LogEvent event;
  event.name = name;
  event.fields = std::move(fields);
  log.write(event);
}

void log_start(const Config& config, const Loop& loop, Log& log) {
  std::string scheme = config.tls_cert.empty() ? "http://" : "https://";
  Address page = Address::from_text(config.host, loop.port()).value_or(Address());
  log_info(log, "listening",
           {{"version", SOTTO_VERSION},
            {"pages", scheme + page.text()},
            {"port", std::to_string(loop.port())},
            {"media-port", std::to_string(loop.media_port())},
            {"ice-tcp", config.ice_tcp ? "true" : "false"}});
}

// SIGHUP reads files again; the first SIGTERM or SIGINT says goodbye, a second ends at once.
class Signals {
 public:
  Signals(boost::asio::io_context& io, Loop& loop, Log& log)
      : io_(io), loop_(loop), log_(log), signals_(io, SIGTERM, SIGINT, SIGHUP) {
    wait();
  }

 private:
  void wait() {
    signals_.async_wait([this](auto error, int signal) {
      if (error) return;
      if (signal == SIGHUP) {
        loop_.reload();
      } else if (ending_) {
        return io_.stop();
      } else {
        ending_ = true;
        log_info(log_, "shutting-down", {{"signal", signal == SIGTERM ? "SIGTERM" : "SIGINT"}});
        loop_.shut_down([this] { io_.stop(); });
      }
      wait();
    });
  }

  boost::asio::io_context& io_;
  Loop& loop_;
  Log& log_;
  boost::asio::signal_set signals_;
  bool ending_ = false;
};

}  // namespace

int run(const std::vector<std::string>& arguments) {
  auto outcome = load_config(arguments, environment);
  if (auto* printout = std::get_if<Printout>(&outcome)) return print(*printout);
  if (auto* error = std::get_if<ConfigError>(&outcome)) return refuse(error->text);
  const Config& config = std::get<Config>(outcome);

  Log log(config.log_format, config.log_level);
  std::signal(SIGPIPE, SIG_IGN);
  boost::asio::io_context io(1);
  Loop loop(io, config, [&log](const LogEvent& event) { log.write(event); });
  if (auto error = loop.start()) return refuse(*error);
  Signals signals(io, loop, log);
  log_start(config, loop, log);
  io.run();
  log_info(log, "stopped");
  return 0;
}

}  // namespace sotto::bridge
