/// Delivery's ear at the writer: an event that just arrived can be sent without being read back.
/// Called on the writer's queue, in the order of the commits; must hand over and return.
package protocol HandOver: AnyObject, Sendable {
    func stored(_ events: [StoredEvent])
}
