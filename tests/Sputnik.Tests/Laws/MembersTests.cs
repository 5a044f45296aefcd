namespace Sputnik.Tests.Laws;

public sealed class MembersTests
{
    [Fact]
    public void A_member_is_a_block_directly_inside_a_type()
    {
        string[] lines =
        """
        namespace Rooms;

        public sealed class Door(int width)
        {
            private readonly struct Hinge<T>(int size)
                where T : struct
            {
                public int Size
                {
                    get => size;
                }
            }

            public int Open(
                int angle)
            {
                if (angle > width)
                {
                    return width;
                }

                return angle;
            }

            public int Close() => 0;
        }
        """.Split('\n');

        List<Member> members = Members.Of(lines);

        Assert.Equal([new("public int Size", 9, 1), new("public int Open(", 16, 6)], members);
    }
}
