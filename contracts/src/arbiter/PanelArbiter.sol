// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {EIP712} from "solady/utils/EIP712.sol";
import {Consent} from "../deal/Consent.sol";
import {Head, Leg, LegState} from "../deal/DealTypes.sol";
import {IArbitrableDeals} from "../deal/IArbitrableDeals.sol";
import {IPanelArbiter, PanelTerms} from "./IPanelArbiter.sol";
import {PanelTally, Stance, Tally, Votes} from "./PanelTally.sol";

/// @title PanelArbiter
/// @notice A fixed panel that rules on disputed legs; see IPanelArbiter.
/// @dev A leg is disputed once at most, so deal and leg name a case for ever.
contract PanelArbiter is EIP712, IPanelArbiter {
    /// @notice Members at most: their votes fit one slot.
    uint256 public constant MAX_MEMBERS = 32;

    /// @notice The escrow whose disputes the panel decides.
    IArbitrableDeals public immutable deals;

    bytes32 private constant _VOTE_TYPEHASH =
        keccak256("Vote(bytes32 dealId,uint8 leg,uint8 stance,uint8 confidence,bytes32 reason)");

    PanelTerms private _panel;
    uint256 private immutable _totalWeight;
    /// @dev A member's place in the panel, counted from 1.
    mapping(address account => uint256) private _places;
    mapping(bytes32 dealId => mapping(uint256 leg => Votes)) private _votes;

    /// @notice Forms a panel.
    /// @param deals_ The escrow.
    /// @param terms What the panel is made of.
    constructor(IArbitrableDeals deals_, PanelTerms memory terms) {
        deals = deals_;
        _checkTerms(terms, address(deals_));
        uint256 total = 0;
        for (uint256 i = 0; i < terms.members.length; ++i) {
            address member = terms.members[i];
            if (member == address(0) || member == terms.escalation || _places[member] != 0) {
                revert BadMember(i, member);
            }
            if (terms.weights[i] == 0) revert ZeroWeight(i);
            _places[member] = i + 1;
            total += terms.weights[i];
        }
        _totalWeight = total;
        _panel = terms;
        emit PanelFormed(address(deals_), terms);
    }

    /// @inheritdoc IPanelArbiter
    function vote(
        address member,
        bytes32 dealId,
        uint8 leg,
        Stance stance,
        uint8 confidence,
        bytes32 reason,
        bytes calldata signature
    ) external {
        uint256 place = _places[member];
        if (place == 0) revert NotMember(member);
        uint256 deadline = _votingDeadline(dealId, leg);
        if (block.timestamp > deadline) revert VotingOver(block.timestamp, deadline);
        if (stance == Stance.None || confidence > (stance == Stance.Abstain ? 0 : PanelTally.MAX_CONFIDENCE))
        {
            revert BadVote(stance, confidence);
        }
        bytes32 hash = keccak256(abi.encode(_VOTE_TYPEHASH, dealId, leg, stance, confidence, reason));
        Consent.requireParty(member, _hashTypedData(hash), signature);
        Votes votes = _votes[dealId][leg];
        (Stance before,) = votes.voteOf(place - 1);
        if (before != Stance.None) revert AlreadyVoted(dealId, leg, member);
        _votes[dealId][leg] = votes.withVote(place - 1, stance, confidence);
        emit Voted(dealId, leg, member, stance, confidence, reason);
    }

    /// @inheritdoc IPanelArbiter
    function decide(
        bytes32 dealId,
        Head calldata head,
        bytes32[] calldata siblings,
        uint256 i,
        Leg calldata leg
    ) external {
        uint256 barred = _barred(head, leg);
        (Tally memory tally, Stance verdict) = _tally(dealId, i, barred);
        if (verdict == Stance.None) _revertUndecided(dealId, i, tally);
        bool endorsed = verdict == Stance.Endorse;
        uint16 payeeBps = endorsed ? _panel.endorsedPayeeBps : _panel.challengedPayeeBps;
        uint16 bondBps = endorsed ? _panel.endorsedBondBps : _panel.challengedBondBps;
        // forge-lint: disable-next-line(unsafe-typecast)
        emit Decided(dealId, uint8(i), verdict, tally, barred);
        // the votes themselves are the reason
        bytes32 reason = bytes32(Votes.unwrap(_votes[dealId][i]));
        bytes32 ruled = deals.rule(head, siblings, i, leg, payeeBps, bondBps, reason);
        if (ruled != dealId) revert OtherDeal(ruled, dealId);
    }

    /// @inheritdoc IPanelArbiter
    function escalate(
        bytes32 dealId,
        Head calldata head,
        bytes32[] calldata siblings,
        uint256 i,
        Leg calldata leg,
        uint16 payeeBps,
        uint16 bondBps,
        bytes32 reason
    ) external {
        Consent.requireCaller(_panel.escalation);
        _requireNoParty(msg.sender, head, leg);
        uint256 deadline = _votingDeadline(dealId, i);
        if (block.timestamp <= deadline) revert VotingOpen(block.timestamp, deadline);
        (, Stance verdict) = _tally(dealId, i, _barred(head, leg));
        if (verdict != Stance.None) revert PanelHasDecided(dealId, i, verdict);
        // forge-lint: disable-next-line(unsafe-typecast)
        emit Escalated(dealId, uint8(i), payeeBps, bondBps, reason);
        bytes32 ruled = deals.rule(head, siblings, i, leg, payeeBps, bondBps, reason);
        if (ruled != dealId) revert OtherDeal(ruled, dealId);
    }

    /// @inheritdoc IPanelArbiter
    function collect(address token) external returns (uint256 amount) {
        return deals.withdraw(token, _panel.feeReceiver);
    }

    /// @inheritdoc IPanelArbiter
    function tallyOf(bytes32 dealId, uint8 leg, uint256 barred)
        external
        view
        returns (Tally memory tally, Stance verdict)
    {
        return _tally(dealId, leg, barred);
    }

    /// @inheritdoc IPanelArbiter
    function panel() external view returns (PanelTerms memory) {
        return _panel;
    }

    /// @inheritdoc IPanelArbiter
    function DOMAIN_SEPARATOR() external view returns (bytes32) {
        return _domainSeparator();
    }

    /// @dev Counts a case's votes without those that are void.
    function _tally(bytes32 dealId, uint256 i, uint256 barred)
        private
        view
        returns (Tally memory tally, Stance verdict)
    {
        tally = PanelTally.count(_votes[dealId][i], _panel.weights, barred);
        verdict = PanelTally.verdict(tally, _totalWeight, _panel.quorumBps, _panel.marginBps);
    }

    /// @dev Nobody judges its own case: a bit for each member that is a party of the leg.
    function _barred(Head calldata head, Leg calldata leg) private view returns (uint256 bits) {
        address[4] memory parties = _parties(head, leg);
        for (uint256 i = 0; i < parties.length; ++i) {
            uint256 place = _places[parties[i]];
            if (place != 0) bits |= 1 << (place - 1);
        }
    }

    /// @dev Nor does the human: requires that it is no party of the leg. Terms that lie are another deal's.
    function _requireNoParty(address judge, Head calldata head, Leg calldata leg) private pure {
        address[4] memory parties = _parties(head, leg);
        for (uint256 i = 0; i < parties.length; ++i) {
            if (parties[i] == judge) {
                revert EscalationIsParty(judge, parties[0], parties[1], parties[2], parties[3]);
            }
        }
    }

    /// @dev Whose case a leg is: client, payee, standby (0 if there is none) and fee receiver (0 without a fee).
    function _parties(Head calldata head, Leg calldata leg) private pure returns (address[4] memory) {
        return [head.client, leg.payee, leg.standby, head.feeReceiver];
    }

    /// @dev Says what the votes come to, and what they would have to.
    function _revertUndecided(bytes32 dealId, uint256 i, Tally memory tally) private view {
        (uint256 quorum, uint256 margin) =
            PanelTally.thresholds(_totalWeight, _panel.quorumBps, _panel.marginBps);
        revert Undecided(dealId, i, tally.voted, quorum, tally.endorsing, tally.challenging, margin);
    }

    /// @dev Until when members vote in a case that is open.
    function _votingDeadline(bytes32 dealId, uint256 i) private view returns (uint256) {
        (uint8 state,, uint32 ts,) = deals.legState(dealId, i);
        if (state != uint8(LegState.Disputed)) revert NotDisputed(dealId, i, state);
        return uint256(ts) + _panel.votingTime;
    }

    /// @dev Requires each of the terms to be in its range. Whether a quorum is left in a case where members are
    /// barred depends on the case.
    function _checkTerms(PanelTerms memory terms, address deals_) private view {
        uint256 n = terms.members.length;
        if (n == 0 || n > MAX_MEMBERS || n != terms.weights.length) {
            revert PanelSizeOutOfRange(n, terms.weights.length, MAX_MEMBERS);
        }
        _checkBps(terms.quorumBps, 1);
        _checkBps(terms.marginBps, 1);
        _checkBps(terms.endorsedPayeeBps, 0);
        _checkBps(terms.endorsedBondBps, 0);
        _checkBps(terms.challengedPayeeBps, 0);
        _checkBps(terms.challengedBondBps, 0);
        if (terms.votingTime == 0) revert ZeroVotingTime();
        if (terms.escalation == address(0) || terms.feeReceiver == address(0)) revert ZeroAddress();
        if (terms.feeReceiver == deals_ || terms.feeReceiver == address(this)) {
            revert FeeReceiverLocksFees(terms.feeReceiver, deals_, address(this));
        }
    }

    /// @dev Requires a share in its range.
    function _checkBps(uint256 bps, uint256 min) private pure {
        if (bps < min || bps > PanelTally.BPS) revert BpsOutOfRange(bps, min, PanelTally.BPS);
    }

    /// @inheritdoc EIP712
    function _domainNameAndVersion() internal pure override returns (string memory, string memory) {
        return ("Earnest Panel", "1");
    }
}
