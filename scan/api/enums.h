// The public enums mirror the internal ones, value for value, and this file is where that is held true: a value that is
// added to one side alone does not compile, or is caught by the tests that compare a report's values with its JSON.
#pragma once

#include "calc/assessment.h"
#include "calc/jurisdiction.h"
#include "calc/profile.h"
#include "magscan/options.h"
#include "magscan/picture.h"
#include "magscan/report.h"
#include "ocr/image_pixels.h"
#include "parser/label.h"
#include "scan/report.h"

namespace magscan::api {

template <class To, class From>
constexpr To mirrored(From value) {
    return static_cast<To>(value);
}

template <class One, class Other>
constexpr bool match(One one, Other other) {
    return mirrored<One>(other) == one;
}

static_assert(match(Outcome::kComplete, calc::Outcome::kComplete) &&
              match(Outcome::kPartial, calc::Outcome::kPartial) &&
              match(Outcome::kNoMagnesium, calc::Outcome::kNoMagnesium) &&
              match(Outcome::kUnreadable, calc::Outcome::kUnreadable));
static_assert(match(Status::kStated, calc::Status::kStated) && match(Status::kDerived, calc::Status::kDerived) &&
              match(Status::kEstimated, calc::Status::kEstimated) && match(Status::kUnknown, calc::Status::kUnknown));
static_assert(match(Basis::kElemental, calc::Basis::kElemental) && match(Basis::kCompound, calc::Basis::kCompound) &&
              match(Basis::kAmbiguous, calc::Basis::kAmbiguous));
static_assert(match(Per::kServing, parser::Per::kServing) && match(Per::kUnit, parser::Per::kUnit) &&
              match(Per::kDay, parser::Per::kDay) && match(Per::k100g, parser::Per::k100g) &&
              match(Per::k100ml, parser::Per::k100ml) && match(Per::kUnknown, parser::Per::kUnknown));
static_assert(match(CheckResult::kPass, calc::CheckResult::kPass) &&
              match(CheckResult::kFail, calc::CheckResult::kFail) &&
              match(CheckResult::kCorrected, calc::CheckResult::kCorrected) &&
              match(CheckResult::kSkipped, calc::CheckResult::kSkipped));
static_assert(match(SourceKind::kPhoto, scan::SourceKind::kPhoto) &&
              match(SourceKind::kPhotos, scan::SourceKind::kPhotos) &&
              match(SourceKind::kText, scan::SourceKind::kText));
static_assert(match(Sex::kUnstated, calc::Sex::kUnstated) && match(Sex::kFemale, calc::Sex::kFemale) &&
              match(Sex::kMale, calc::Sex::kMale));
static_assert(match(LifeStage::kNone, calc::LifeStage::kNone) &&
              match(LifeStage::kPregnant, calc::LifeStage::kPregnant) &&
              match(LifeStage::kLactating, calc::LifeStage::kLactating));
static_assert(match(Jurisdiction::kUs, calc::Jurisdiction::kUs) && match(Jurisdiction::kEu, calc::Jurisdiction::kEu) &&
              match(Jurisdiction::kUk, calc::Jurisdiction::kUk) &&
              match(Jurisdiction::kCanada, calc::Jurisdiction::kCanada) &&
              match(Jurisdiction::kAustralia, calc::Jurisdiction::kAustralia) &&
              match(Jurisdiction::kGermany, calc::Jurisdiction::kGermany) &&
              match(Jurisdiction::kNorway, calc::Jurisdiction::kNorway) &&
              match(Jurisdiction::kJapan, calc::Jurisdiction::kJapan));
static_assert(match(PixelFormat::kGray8, ocr::PixelFormat::kGray8) &&
              match(PixelFormat::kRgb8, ocr::PixelFormat::kRgb8) &&
              match(PixelFormat::kBgr8, ocr::PixelFormat::kBgr8) &&
              match(PixelFormat::kRgba8, ocr::PixelFormat::kRgba8) &&
              match(PixelFormat::kBgra8, ocr::PixelFormat::kBgra8));

}  // namespace magscan::api
