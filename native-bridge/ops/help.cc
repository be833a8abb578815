#include "ops/help.h"

#include "ops/option_table.h"

namespace sotto::bridge {
namespace {

constexpr std::size_t kIndent = 6;
constexpr std::size_t kWidth = 88;

// `text` broken at spaces, each line indented.
std::string wrapped(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    std::size_t end = text.size();
    if (end > kWidth - kIndent) {
      end = text.rfind(' ', kWidth - kIndent);
      if (end == text.npos) end = text.size();
    }
    out += std::string(kIndent, ' ') + std::string(text.substr(0, end)) + "\n";
    text.remove_prefix(end == text.size() ? end : end + 1);
  }
  return out;
}

}  // namespace

std::string help_text() {
  std::string out =
      "sotto-bridge: group video calls through a server that cannot listen\n"
      "\n"
      "Usage: sotto-bridge [OPTION VALUE]...\n"
      "\n"
      "Try it:      sotto-bridge --host 127.0.0.1 --web-root build/web\n"
      "In earnest:  sotto-bridge --config /etc/sotto/sotto.toml\n"
      "\n"
      "Every option can stand in the file of --config (port = 8443), in the environment\n"
      "(SOTTO_PORT=8443) or on the command line, which wins over the environment, which wins over\n"
      "the file.\n";
  std::string_view section;
  for (const Option& option : option_table()) {
    if (option.section != section) {
      section = option.section;
      out += "\n" + std::string(section) + "\n";
    }
    out += "  --" + std::string(option.name) + " " + std::string(option.value);
    if (option.repeatable) out += "   (may be repeated)";
    out += "\n" + wrapped(option.help) + wrapped("Default: " + std::string(option.fallback) + ".");
  }
  out +=
      "\nOther\n"
      "  --config FILE\n      Read options from a TOML file; also SOTTO_CONFIG.\n"
      "  --version\n      Print the version.\n"
      "  --help\n      Print this.\n"
      "\n"
      "SIGTERM and SIGINT say goodbye to everybody and end; SIGHUP reads certificate, pages and\n"
      "token keys again. Exit status: 0 after a signal, 2 when it cannot start.\n";
  return out;
}

std::string version_text() {
  return "sotto-bridge " SOTTO_VERSION "\n";
}

std::string options_markdown() {
  std::string out;
  std::string_view section;
  for (const Option& option : option_table()) {
    if (option.section != section) {
      if (!section.empty()) out += "\n";
      section = option.section;
      out += "### " + std::string(section) + "\n\n| option | default | |\n|---|---|---|\n";
    }
    std::string value(option.value);
    for (std::size_t at = 0; (at = value.find('|', at)) != value.npos; at += 2)
      value.insert(at, "\\");
    out += "| `--" + std::string(option.name) + "` " + value + " | " +
           std::string(option.fallback) + " | " + std::string(option.help) +
           (option.repeatable ? " May be repeated." : "") + " |\n";
  }
  return out;
}

}  // namespace sotto::bridge
