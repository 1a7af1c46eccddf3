// Arguments: the words of a command. A thin face over CLI11, whose header alone takes seconds to compile: it is included once, in
// arguments.cc.
#pragma once

#include <filesystem>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/commands.h"

namespace dragoman::cli {

/// The values that an option may have.
struct OneOf {
  std::initializer_list<const char*> values;
};

/// One option, to say more of it: `app.add_option(...)->check(OneOf{{"text", "jsonl"}})->capture_default_str()`.
class Option {
 public:
  Option* check(OneOf allowed);
  Option* capture_default_str();  ///< shows the present value in the help
  Option* required();
  Option* between(double least, double most);
  Option* expected(int values);   ///< just so many words: "--between IRN TUR"
  Option* operator->() { return this; }

 private:
  friend class App;
  explicit Option(void* option) : option_(option) {}
  void* option_;  ///< CLI::Option, owned by the App
};

/// A command's options. Names as CLI11 takes them: "--threads,-t", "FILE" for words without a dash.
class App {
 public:
  App(std::string description, std::string name);
  ~App();

  Option add_option(const std::string& names, std::string& into, const std::string& help);
  Option add_option(const std::string& names, std::optional<std::string>& into, const std::string& help);
  Option add_option(const std::string& names, std::filesystem::path& into, const std::string& help);
  Option add_option(const std::string& names, std::vector<std::string>& into, const std::string& help);
  /// One value each time that the option is given.
  Option add_option(const std::string& names, std::vector<std::filesystem::path>& into, const std::string& help);
  Option add_option(const std::string& names, int& into, const std::string& help);
  Option add_option(const std::string& names, unsigned& into, const std::string& help);
  Option add_option(const std::string& names, std::size_t& into, const std::string& help);
  Option add_option(const std::string& names, double& into, const std::string& help);
  Option add_flag(const std::string& names, bool& into, const std::string& help);

 private:
  friend std::optional<int> parse_arguments(App& app, Arguments arguments);
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Parses; the exit status to leave with at once (0 after --help, 2 after a mistake), or nothing to go on.
std::optional<int> parse_arguments(App& app, Arguments arguments);

}  // namespace dragoman::cli
