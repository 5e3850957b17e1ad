internal import RelayCore

extension Field {
    /// An object whose members `build` takes.
    static func object(_ build: @escaping (ObjectReader) -> Value) -> Field {
        Field(
            read: { value, place in
                guard let object = value.object else {
                    place.wrongType(value, expected: "an object")
                    return nil
                }
                let reader = ObjectReader(object, at: place.path, in: place.context)
                let built = build(reader)
                reader.finish()
                return Reading(value: built, shown: reader.shown)
            },
            standIn: { place in
                build(ObjectReader(JSONObject(), at: place.path, in: place.context.muted))
            })
    }

    /// A list of at least one; a single one may stand without brackets. Nothing stands twice.
    static func oneOrMore<Element: Equatable>(
        of element: Field<Element>, atMost limit: Int = 64
    ) -> Field where Value == [Element] {
        Field(
            read: { value, place in
                guard let items = value.array else {
                    guard let reading = element.read(value, place) else { return nil }
                    return Reading(value: [reading.value], shown: .array([reading.shown]))
                }
                guard !items.isEmpty else {
                    place.report("needs at least one entry")
                    return nil
                }
                guard items.count <= limit else {
                    place.report("\(items.count) entries are more than \(limit)")
                    return nil
                }
                return readAll(items, element, place)
            },
            standIn: { place in [element.standIn(place)] })
    }

    private static func readAll<Element: Equatable>(
        _ items: [JSONValue], _ element: Field<Element>, _ place: Place
    ) -> Reading? where Value == [Element] {
        var values: [Element] = []
        var shown: [JSONValue] = []
        for (index, item) in items.enumerated() {
            let itemPlace = place.index(index)
            guard let reading = element.read(item, itemPlace) else { continue }
            if values.contains(reading.value) { itemPlace.report("stands here twice") }
            values.append(reading.value)
            shown.append(reading.shown)
        }
        return Reading(value: values, shown: .array(shown))
    }

    /// An object whose keys are names given by the operator.
    static func named<Element>(
        atLeast minimum: Int = 0, checkingNames: Bool = true,
        _ element: @escaping (String) -> Field<Element>
    ) -> Field where Value == [Element] {
        Field(
            read: { value, place in
                guard let object = value.object else {
                    place.wrongType(value, expected: "an object")
                    return nil
                }
                guard object.members.count >= minimum else {
                    place.report("needs at least one entry")
                    return nil
                }
                let reader = ObjectReader(object, at: place.path, in: place.context)
                var values: [Element] = []
                for name in reader.names {
                    if checkingNames, let problem = SettingName.problem(name) {
                        reader.report(name, problem)
                    }
                    values.append(reader.required(name, element(name)))
                }
                reader.finish()
                return Reading(value: values, shown: reader.shown)
            },
            standIn: { _ in [] })
    }
}
