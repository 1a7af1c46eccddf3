#include "cli/document_limits.h"

#include <sstream>

namespace dragoman::cli {

void add_size_limit(App& app, std::size_t& bytes) {
  app.add_option("--max-bytes", bytes, "the longest document to read")->between(1, static_cast<double>(limits::most_document_bytes))->capture_default_str();
}

void add_time_limit(App& app, double& seconds, const std::string& rest) {
  app.add_option("--max-seconds", seconds, "the longest time to spend on a document; 0: no limit" + rest)->between(0, 1e6)->capture_default_str();
}

std::string over_time_message(const std::string& where, double seconds) {
  std::ostringstream message;
  message << where << ": not read within the limit of " << seconds << " seconds a document; split it, or raise --max-seconds";
  return std::move(message).str();
}

}  // namespace dragoman::cli
