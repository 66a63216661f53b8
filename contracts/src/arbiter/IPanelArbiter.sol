// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Head, Leg} from "../deal/DealTypes.sol";
import {Stance, Tally} from "./PanelTally.sol";

/// @notice What a panel is made of; fixed when it is deployed.
/// @param members Who votes; 1 to 32, none twice.
/// @param weights Each one's weight, more than 0.
/// @param quorumBps Share of the whole weight that must have voted, abstentions included; 1 to 10000.
/// @param marginBps Share of the whole weight, at full confidence, by which one side must lead; 1 to 10000.
/// @param votingTime Seconds from the beginning of the ruling time in which members vote; more than 0, and
/// less than the deals' rulingTime, else nobody is left time to escalate.
/// @param endorsedPayeeBps The payee's share of the price if the panel endorses its case.
/// @param endorsedBondBps What it then gets back of its bond.
/// @param challengedPayeeBps The payee's share of the price if the panel challenges its case.
/// @param challengedBondBps What it then gets back of its bond.
/// @param escalation The human who rules where the panel did not; no member. It rules in no case of its own:
/// name somebody who is not likely to be a party.
/// @param feeReceiver Who gets the arbiter's fees; neither the escrow nor the panel, where they would be locked.
struct PanelTerms {
    address[] members;
    uint16[] weights;
    uint16 quorumBps;
    uint16 marginBps;
    uint32 votingTime;
    uint16 endorsedPayeeBps;
    uint16 endorsedBondBps;
    uint16 challengedPayeeBps;
    uint16 challengedBondBps;
    address escalation;
    address feeReceiver;
}

/// @title IPanelArbiter
/// @notice An arbiter that is a fixed panel. Members endorse or challenge the payee's case with a confidence,
/// or abstain, once each; when enough have voted and one side leads by the margin, anybody has the verdict
/// applied. Where the panel does not decide in its time, the escalation address rules until the deal's ruling
/// time ends; after that the deal's own terms decide.
/// @dev Safety: a majority of the panel's weight is trusted with the verdict, and the escalation address with
/// what the panel left open; neither can do more than IArbitrableDeals.rule. Nobody judges its own case: a
/// party's vote is void, and a party that is the escalation address may not rule. A party is the deal's client
/// and fee receiver, and the leg's payee and standby, by address: two addresses of one person are not told apart.
/// Liveness: none is needed of anybody, see `deadlockBps`. Nobody can change the panel, and it holds no money.
interface IPanelArbiter {
    /// @notice The panel was formed.
    /// @param deals The escrow whose disputes it decides.
    /// @param terms What it is made of.
    event PanelFormed(address indexed deals, PanelTerms terms);

    /// @notice A member voted.
    /// @param dealId The deal.
    /// @param leg The leg, from 0.
    /// @param member The member.
    /// @param stance Endorse, Challenge or Abstain.
    /// @param confidence In percent, 0 to 100.
    /// @param reason Hash of its reason.
    event Voted(
        bytes32 indexed dealId,
        uint8 indexed leg,
        address indexed member,
        Stance stance,
        uint8 confidence,
        bytes32 reason
    );

    /// @notice The panel's verdict was applied.
    /// @param dealId The deal.
    /// @param leg The leg, from 0.
    /// @param verdict Endorse or Challenge.
    /// @param tally What the votes came to, without those that are void.
    /// @param barred Bit i is set if member i is a party and its vote void.
    event Decided(bytes32 indexed dealId, uint8 indexed leg, Stance verdict, Tally tally, uint256 barred);

    /// @notice The escalation address ruled.
    /// @param dealId The deal.
    /// @param leg The leg, from 0.
    /// @param payeeBps The payee's share of the price, in basis points.
    /// @param bondBps What it gets back of its bond, in basis points.
    /// @param reason Hash of the reason.
    event Escalated(
        bytes32 indexed dealId, uint8 indexed leg, uint16 payeeBps, uint16 bondBps, bytes32 reason
    );

    /// @notice A panel has 1 to `max` members, and as many weights.
    error PanelSizeOutOfRange(uint256 members, uint256 weights, uint256 max);
    /// @notice A member is zero, comes twice, or is the escalation address.
    error BadMember(uint256 member, address account);
    /// @notice A member without weight.
    error ZeroWeight(uint256 member);
    /// @notice A share is out of its range, in basis points.
    error BpsOutOfRange(uint256 bps, uint256 min, uint256 max);
    /// @notice The voting time is 0.
    error ZeroVotingTime();
    /// @notice The escalation address or the fee receiver is zero.
    error ZeroAddress();
    /// @notice Fees sent to the escrow or to the panel itself would be locked.
    error FeeReceiverLocksFees(address feeReceiver, address deals, address panel);
    /// @notice The account is no member of the panel.
    error NotMember(address account);
    /// @notice The member has voted in this case.
    error AlreadyVoted(bytes32 dealId, uint256 leg, address member);
    /// @notice A vote is to endorse or to challenge with a confidence of 0 to 100, or to abstain with 0.
    error BadVote(Stance stance, uint256 confidence);
    /// @notice The leg is not before an arbiter.
    error NotDisputed(bytes32 dealId, uint256 leg, uint8 state);
    /// @notice The panel voted until `deadline`.
    error VotingOver(uint256 time, uint256 deadline);
    /// @notice The panel still has time until `deadline`.
    error VotingOpen(uint256 time, uint256 deadline);
    /// @notice The panel has not decided: `voted` is below `quorum`, or neither of `endorsing` and `challenging`
    /// leads the other by `margin`. `voted` and `quorum` are weights, the others weights times percent.
    error Undecided(
        bytes32 dealId,
        uint256 leg,
        uint256 voted,
        uint256 quorum,
        uint256 endorsing,
        uint256 challenging,
        uint256 margin
    );
    /// @notice The panel has decided; anybody may have that applied.
    error PanelHasDecided(bytes32 dealId, uint256 leg, Stance verdict);
    /// @notice The escalation address is one of these, and would rule in its own case.
    error EscalationIsParty(
        address escalation, address client, address payee, address standby, address feeReceiver
    );
    /// @notice The terms are another deal's.
    error OtherDeal(bytes32 have, bytes32 want);

    /// @notice Votes, by a member, in the voting time and once in a case.
    /// @param member The member.
    /// @param dealId The deal, one of whose legs is disputed.
    /// @param leg The leg, from 0.
    /// @param stance Endorse, Challenge or Abstain.
    /// @param confidence In percent, 0 to 100; 0 to abstain.
    /// @param reason Hash of the reason.
    /// @param signature The member's signature of Vote(dealId, leg, stance, confidence, reason); empty if the
    /// member is the caller.
    function vote(
        address member,
        bytes32 dealId,
        uint8 leg,
        Stance stance,
        uint8 confidence,
        bytes32 reason,
        bytes calldata signature
    ) external;

    /// @notice Has the panel's verdict applied; anybody may send it, once the panel has decided.
    /// @param dealId The deal.
    /// @param head The deal's head.
    /// @param siblings hashLeg of the other legs, in their order.
    /// @param i The leg's index.
    /// @param leg The leg.
    function decide(
        bytes32 dealId,
        Head calldata head,
        bytes32[] calldata siblings,
        uint256 i,
        Leg calldata leg
    ) external;

    /// @notice Rules where the panel did not decide in its time; by the escalation address, unless it is a party
    /// of the case itself. Then nobody rules, and the deal's terms decide.
    /// @param dealId The deal.
    /// @param head The deal's head.
    /// @param siblings hashLeg of the other legs, in their order.
    /// @param i The leg's index.
    /// @param leg The leg.
    /// @param payeeBps The payee's share of the price.
    /// @param bondBps What it gets back of its bond.
    /// @param reason Hash of the reason.
    function escalate(
        bytes32 dealId,
        Head calldata head,
        bytes32[] calldata siblings,
        uint256 i,
        Leg calldata leg,
        uint16 payeeBps,
        uint16 bondBps,
        bytes32 reason
    ) external;

    /// @notice Sends the fees earned in a token to the fee receiver; anybody may send it.
    /// @param token The token.
    /// @return amount Atomic units.
    function collect(address token) external returns (uint256 amount);

    /// @notice What the votes of a case come to so far.
    /// @param dealId The deal.
    /// @param leg The leg, from 0.
    /// @param barred Bit i is set if member i is a party and its vote void.
    /// @return tally The tally.
    /// @return verdict Endorse or Challenge; None as long as it is open.
    function tallyOf(bytes32 dealId, uint8 leg, uint256 barred)
        external
        view
        returns (Tally memory tally, Stance verdict);

    /// @notice What the panel is made of.
    /// @return The panel's terms.
    function panel() external view returns (PanelTerms memory);

    /// @notice The EIP-712 domain separator.
    /// @return The separator of ("Earnest Panel", "1", this chain, this contract).
    function DOMAIN_SEPARATOR() external view returns (bytes32);
}
