#include "cli/arguments.h"

#include <CLI/CLI.hpp>

namespace dragoman::cli {
namespace {

CLI::Option* of(void* option) { return static_cast<CLI::Option*>(option); }

}  // namespace

struct App::Impl {
  Impl(std::string description, std::string name) : app(std::move(description), std::move(name)) {}
  CLI::App app;
};

Option* Option::check(OneOf allowed) {
  of(option_)->check(CLI::IsMember(std::vector<std::string>(allowed.values.begin(), allowed.values.end())));
  return this;
}

Option* Option::capture_default_str() {
  of(option_)->capture_default_str();
  return this;
}

Option* Option::required() {
  of(option_)->required();
  return this;
}

Option* Option::between(double least, double most) {
  of(option_)->check(CLI::Range(least, most));
  return this;
}

Option* Option::expected(int values) {
  of(option_)->expected(values);
  return this;
}

App::App(std::string description, std::string name)
    : impl_(std::make_unique<Impl>(std::move(description), std::move(name))) {}
App::~App() = default;

#define DRAGOMAN_OPTION(Type)                                                                    \
  Option App::add_option(const std::string& names, Type& into, const std::string& help) {       \
    return Option(impl_->app.add_option(names, into, help));                                     \
  }
DRAGOMAN_OPTION(std::string)
DRAGOMAN_OPTION(std::optional<std::string>)
DRAGOMAN_OPTION(std::filesystem::path)
DRAGOMAN_OPTION(std::vector<std::string>)
DRAGOMAN_OPTION(int)
DRAGOMAN_OPTION(unsigned)
DRAGOMAN_OPTION(std::size_t)
DRAGOMAN_OPTION(double)
#undef DRAGOMAN_OPTION

Option App::add_option(const std::string& names, std::vector<std::filesystem::path>& into, const std::string& help) {
  return Option(impl_->app.add_option(names, into, help)->allow_extra_args(false));  // "--knowledge DIR FILE": FILE is none of its values
}

Option App::add_flag(const std::string& names, bool& into, const std::string& help) {
  return Option(impl_->app.add_flag(names, into, help));
}

std::optional<int> parse_arguments(App& app, Arguments arguments) {
  std::vector<std::string> words(arguments.rbegin(), arguments.rend());  // CLI11 takes them last first
  try {
    app.impl_->app.parse(std::move(words));
  } catch (const CLI::ParseError& error) {
    return app.impl_->app.exit(error) == 0 ? 0 : 2;
  }
  return std::nullopt;
}

}  // namespace dragoman::cli
