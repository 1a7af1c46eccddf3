// The exporters, one a layout (exports.h makes them).
#pragma once

#include <memory>

#include "dragoman/view/exports.h"

namespace dragoman {

std::unique_ptr<Exporter> make_csv_exporter(Database& database, const Selection& selection, std::int64_t on, EmitFile emit);
std::unique_ptr<Exporter> make_polecat_exporter(EmitFile emit);
std::unique_ptr<Exporter> make_icews_exporter(EmitFile emit);
std::unique_ptr<Exporter> make_gdelt_exporter(EmitFile emit);
std::unique_ptr<Exporter> make_mentions_exporter(EmitFile emit);
std::unique_ptr<Exporter> make_plover_exporter(EmitFile emit);
std::unique_ptr<Exporter> make_web_annotation_exporter(EmitFile emit);
std::unique_ptr<Exporter> make_brat_exporter(EmitFile emit);
std::unique_ptr<Exporter> make_gexf_exporter(EmitFile emit);
std::unique_ptr<Exporter> make_readings_exporter(EmitFile emit);

}  // namespace dragoman
