// RelayTesting: what tests share, and nothing that ships.
//
// A clock that only moves when told, chance from a seed, folders that clean up after themselves,
// and one place that builds each thing with defaults, so that a test writes only what matters to
// it.
//
// Promises: the same seed gives the same run. Nothing here sleeps.
// Never: imported by a target that is part of the product.
