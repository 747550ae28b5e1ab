namespace Aspire.Hosting.Dashboard.Otlp;

/// <summary>How a field's value lies on the wire (protobuf encoding).</summary>
internal enum ProtoWireType
{
    Varint = 0,
    Fixed64 = 1,
    Length = 2,
    Fixed32 = 5,
}
